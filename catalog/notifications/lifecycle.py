"""The wordings of a micro app's life: its end, its flag, its hand-over. Dates in params are ISO texts."""

from django.utils.translation import gettext_lazy as _

from portal.notifications import Kind, register

OWNER = _("You are its owner or second owner.")
TAKER = _("Somebody wants to hand an app over to you.")

for kind in (
    (
        "app_approved",
        Kind(
            label=_("Your app is live"),
            title=_("%(app)s is approved and live"),
            body=_("Its first term ends on %(on)s. You are reminded before."),
            because=OWNER,
            action=_("Open the app"),
            icon="circle-check",
        ),
    ),
    (
        "app_returned",
        Kind(
            label=_("Your app was sent back"),
            title=_("%(app)s is a draft again"),
            body=_("What is missing: %(reason)s"),
            because=OWNER,
            action=_("Complete it"),
            icon="undo-2",
        ),
    ),
    (
        "app_refused",
        Kind(
            label=_("Your app was refused"),
            title=_("%(app)s was refused"),
            body=_("The reason: %(reason)s"),
            because=OWNER,
            action=_("Open the app"),
            icon="circle-x",
        ),
    ),
    (
        "term_ends",
        Kind(
            label=_("An app of yours reaches its end"),
            title=_("%(app)s ends on %(on)s"),
            body=_("Renew it, hand it over or archive it. Renewing early loses nothing."),
            because=OWNER,
            action=_("Answer"),
            icon="calendar-clock",
        ),
    ),
    (
        "term_over",
        Kind(
            label=_("An app of yours is past its end"),
            title=_("%(app)s is past its end and will be archived on %(on)s"),
            body=_("It still runs. Renew it, hand it over or archive it."),
            because=OWNER,
            action=_("Answer"),
            icon="clock-alert",
        ),
    ),
    (
        "app_reminder",
        Kind(
            label=_("Somebody asks you to look at an app"),
            title=_("%(person)s asks you to look at %(app)s"),
            body=_("Its term ends on %(on)s. Renew it, hand it over or archive it."),
            because=OWNER,
            action=_("Answer"),
            icon="bell",
        ),
    ),
    (
        "app_flagged",
        Kind(
            label=_("An app of yours looks unused"),
            title=_("Is %(app)s still needed?"),
            body=_("It looks unused. Say keep, hand over or archive. Without an answer it is archived on %(on)s."),
            because=OWNER,
            action=_("See why and answer"),
            icon="flag",
        ),
    ),
    (
        "flag_escalated",
        Kind(
            label=_("An owner did not answer"),
            title=_("%(owner)s has not said whether %(app)s is still needed"),
            body=_("You may answer for the owner. Without an answer it is archived on %(on)s."),
            because=_("You are its second owner, or its owner's manager."),
            action=_("See why and answer"),
            icon="flag",
        ),
    ),
    (
        "app_archived",
        Kind(
            label=_("An app of yours was archived"),
            title=_("%(app)s is archived"),
            body=_("The reason: %(reason)s One click brings it back until %(until)s."),
            because=OWNER,
            action=_("See what a restore brings back"),
            icon="archive",
        ),
    ),
    (
        "app_restored",
        Kind(
            label=_("An app of yours was restored"),
            title=_("%(app)s is back"),
            body=_("%(person)s restored it. It now ends on %(on)s."),
            because=OWNER,
            action=_("Open the app"),
            icon="archive-restore",
        ),
    ),
    (
        "app_retired",
        Kind(
            label=_("An app of yours was retired"),
            title=_("%(app)s is retired"),
            body=_("The reason: %(reason)s Its record and its history stay."),
            because=OWNER,
            action=_("Open the record"),
            icon="circle-pause",
        ),
    ),
    (
        "hand_over_offered",
        Kind(
            label=_("An app is offered to you"),
            title=_("%(giver)s wants to hand %(app)s over to you"),
            body=_("%(reason)s Nothing changes until you accept."),
            because=TAKER,
            action=_("Look and answer"),
            icon="handshake",
        ),
    ),
    (
        "hand_over_needed",
        Kind(
            label=_("An owner leaves"),
            title=_("%(giver)s leaves on %(on)s: take over %(app)s"),
            body=_("You are its second owner. Accept it, or say no so that somebody else is found."),
            because=_("You are its second owner."),
            action=_("Look and answer"),
            icon="door-open",
        ),
    ),
    (
        "hand_over_accepted",
        Kind(
            label=_("Your app has a new owner"),
            title=_("%(taker)s is now the owner of %(app)s"),
            because=_("You offered it."),
            action=_("Open the app"),
            icon="handshake",
        ),
    ),
    (
        "hand_over_declined",
        Kind(
            label=_("Your offer was declined"),
            title=_("%(taker)s does not take over %(app)s"),
            body=_("%(reason)s You are still its owner: offer it to somebody else, renew it or archive it."),
            because=_("You offered it."),
            action=_("Choose somebody else"),
            icon="handshake",
        ),
    ),
    (
        "hand_over_withdrawn",
        Kind(
            label=_("An offer to you was taken back"),
            title=_("%(app)s is no longer offered to you"),
            body=_("You need not do anything."),
            because=TAKER,
            action=_("Open the app"),
            icon="handshake",
        ),
    ),
):
    register(*kind)
