"""Every state of this package and the moves between them; the documents' diagrams are printed from these tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class RequestState(models.TextChoices):
    DRAFT = "draft", _("Draft, not sent")
    SUBMITTED = "submitted", _("Waiting for a decision")
    RETURNED = "returned", _("Sent back for changes")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


OPEN_STATES = (RequestState.DRAFT, RequestState.SUBMITTED, RequestState.RETURNED)
WITH_REQUESTER = (RequestState.DRAFT, RequestState.RETURNED)
OVER = (RequestState.APPROVED, RequestState.REFUSED, RequestState.WITHDRAWN, RequestState.EXPIRED)

TRANSITIONS: Transitions = {
    RequestState.DRAFT: frozenset({RequestState.SUBMITTED, RequestState.WITHDRAWN}),
    RequestState.SUBMITTED: frozenset(
        {RequestState.APPROVED, RequestState.RETURNED, RequestState.REFUSED, RequestState.WITHDRAWN}
    ),
    RequestState.RETURNED: frozenset({RequestState.SUBMITTED, RequestState.WITHDRAWN, RequestState.EXPIRED}),
    **{state: frozenset() for state in OVER},
}


class StageState(models.TextChoices):
    """Of one stage of one submission."""

    WAITING = "waiting", _("Comes later")
    OPEN = "open", _("Being decided")
    APPROVED = "approved", _("Approved")
    CLOSED = "closed", _("Not needed any more")


STAGE_TRANSITIONS: Transitions = {
    StageState.WAITING: frozenset({StageState.OPEN, StageState.CLOSED}),
    StageState.OPEN: frozenset({StageState.APPROVED, StageState.CLOSED}),
    StageState.APPROVED: frozenset(),
    StageState.CLOSED: frozenset(),
}


class VersionState(models.TextChoices):
    """Of one version of a policy."""

    DRAFT = "draft", _("Being written")
    PROPOSED = "proposed", _("Waits for a second person")
    ACTIVE = "active", _("In force")
    REPLACED = "replaced", _("Replaced")
    DISCARDED = "discarded", _("Discarded")


VERSION_TRANSITIONS: Transitions = {
    VersionState.DRAFT: frozenset({VersionState.PROPOSED, VersionState.DISCARDED}),
    VersionState.PROPOSED: frozenset({VersionState.ACTIVE, VersionState.DRAFT, VersionState.DISCARDED}),
    VersionState.ACTIVE: frozenset({VersionState.REPLACED}),
    VersionState.REPLACED: frozenset(),
    VersionState.DISCARDED: frozenset(),
}


class ViolationState(models.TextChoices):
    OPEN = "open", _("Open")
    EXCEPTED = "excepted", _("Covered by an exception")
    CLOSED = "closed", _("Put right")


VIOLATION_TRANSITIONS: Transitions = {
    ViolationState.OPEN: frozenset({ViolationState.EXCEPTED, ViolationState.CLOSED}),
    ViolationState.EXCEPTED: frozenset({ViolationState.OPEN, ViolationState.CLOSED}),
    ViolationState.CLOSED: frozenset(),
}


class ExceptionState(models.TextChoices):
    DRAFT = "draft", _("Draft, not sent")
    ASKED = "asked", _("Asked for")
    ACTIVE = "active", _("In force")
    ENDED = "ended", _("Ended")
    CLOSED = "closed", _("Closed early")
    DECLINED = "declined", _("Not granted")


EXCEPTION_TRANSITIONS: Transitions = {
    ExceptionState.DRAFT: frozenset({ExceptionState.ASKED, ExceptionState.DECLINED}),
    ExceptionState.ASKED: frozenset({ExceptionState.ACTIVE, ExceptionState.DECLINED}),
    ExceptionState.ACTIVE: frozenset({ExceptionState.ENDED, ExceptionState.CLOSED}),
    ExceptionState.ENDED: frozenset(),
    ExceptionState.CLOSED: frozenset(),
    ExceptionState.DECLINED: frozenset(),
}
