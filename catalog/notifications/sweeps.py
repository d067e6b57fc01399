"""The wordings of the sweeps themselves: a run that waits, a run that could not go on, an app that changed hands."""

from django.utils.translation import gettext_lazy as _

from portal.notifications import Kind, register

for kind in (
    (
        "ownership_moved",
        Kind(
            label=_("An app of somebody who left is yours"),
            title=_("%(app)s is yours now"),
            body=_("%(gone)s is no longer here. Keep it, hand it over or archive it."),
            because=_("You were its second owner, the owner's manager, or you are C4E staff."),
            action=_("Look at the app"),
            icon="handshake",
        ),
    ),
    (
        "second_ownership_moved",
        Kind(
            label=_("You are second owner in place of somebody who left"),
            title=_("You are now second owner of %(app)s"),
            body=_("%(gone)s is no longer here. Look whether somebody else should stand in."),
            because=_("You are the owner's manager, or C4E staff."),
            action=_("Look at the app"),
            icon="handshake",
        ),
    ),
    (
        "sweep_held",
        Kind(
            label=_("A sweep waits for two people"),
            title=_("A sweep would archive more than %(cap)s apps and waits for two people"),
            body=_("Read its plan, then release or cancel it."),
            because=_("You are C4E staff."),
            action=_("Read the plan"),
            icon="circle-pause",
        ),
    ),
    (
        "sweep_refused",
        Kind(
            label=_("A sweep could not run"),
            title=_("A sweep did not run because figures of use are missing"),
            body=_("Missing data never counts as no use. Look at which collector is behind."),
            because=_("You are C4E staff."),
            action=_("See which collector"),
            icon="circle-alert",
            can_mute=True,
        ),
    ),
):
    register(*kind)
