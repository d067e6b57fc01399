"""The states of a course's version and of an award, and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class VersionState(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class AwardState(TextChoices):
    HELD = "held", _("Held")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Withdrawn")


AWARD_TRANSITIONS: Transitions = {
    AwardState.HELD: frozenset({AwardState.SUSPENDED, AwardState.REVOKED}),
    AwardState.SUSPENDED: frozenset({AwardState.HELD, AwardState.REVOKED}),
    AwardState.REVOKED: frozenset({AwardState.HELD}),
}


class Standing(TextChoices):
    """What an award is worth on a day: its state, and how its end lies to that day."""

    VALID = "valid", _("Valid")
    GRACE = "grace", _("In grace")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Withdrawn")


class EnrolmentSource(TextChoices):
    SELF = "self", _("By yourself")
    ASSIGNED = "assigned", _("Assigned")
    VIOLATION = "violation", _("Because of a violation")
    RENEWAL = "renewal", _("To renew a badge")


class BookingState(TextChoices):
    BOOKED = "booked", _("Booked")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Cancelled")
