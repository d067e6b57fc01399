"""What people are told about requests: reviewers are asked once, the person who asked learns every answer."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest
from portal.models import Notification, User
from portal.notifications import Kind, about, close, notify, notify_many, register

TO_DECIDE, APPROVED, RETURNED, REFUSED, WITHDRAWN = (
    "request_to_decide",
    "request_approved",
    "request_returned",
    "request_refused",
    "request_withdrawn",
)
YOURS = _("You asked for this.")

register(
    TO_DECIDE,
    Kind(
        label=_("A request waits for a decision"),
        title=_("Decide: %(title)s"),
        body=_("%(requester)s asks for your decision."),
        because=_("You are a reviewer."),
        action=_("Look at the request"),
        icon="inbox",
    ),
)
register(
    APPROVED,
    Kind(
        label=_("Your request was approved"),
        title=_("Approved: %(title)s"),
        body=_("%(decider)s approved it."),
        because=YOURS,
        action=_("See the decision"),
        icon="circle-check",
    ),
)
register(
    RETURNED,
    Kind(
        label=_("Your request was sent back"),
        title=_("Sent back: %(title)s"),
        body=_("%(decider)s says what is missing: %(reason)s"),
        because=YOURS,
        action=_("See what is missing"),
        icon="undo-2",
    ),
)
register(
    REFUSED,
    Kind(
        label=_("Your request was refused"),
        title=_("Refused: %(title)s"),
        body=_("%(decider)s gives the reason: %(reason)s"),
        because=YOURS,
        action=_("See the decision"),
        icon="circle-x",
    ),
)
register(
    WITHDRAWN,
    Kind(
        label=_("Your request was withdrawn"),
        title=_("Withdrawn: %(title)s"),
        body=_("%(decider)s withdrew it for you."),
        because=YOURS,
        action=_("See the request"),
        icon="rotate-ccw",
    ),
)
ANSWERS = {"approved": APPROVED, "returned": RETURNED, "refused": REFUSED, "withdrawn": WITHDRAWN}


def ask_reviewers(request: ApprovalRequest, deciders: Iterable[User], *, now: datetime) -> None:
    """One ask for each person who may decide, once for each submission."""
    notify_many(
        Notification(
            user=user,
            kind=TO_DECIDE,
            key=f"{TO_DECIDE}:{request.pk}:{request.revision}",
            url=request.get_absolute_url(),
            params={"title": request.title, "requester": str(request.requested_by)},
            asks=True,
            created_at=now,
            **about(request),
        )
        for user in deciders
    )


def tell_requester(request: ApprovalRequest, outcome: str, *, by: User, reason: str, now: datetime) -> None:
    """The answer to the person who asked, or to the person behind the service that did; nobody is told what they did."""
    person = request.requested_by.steward or request.requested_by
    if person == by:
        return
    notify(
        person,
        ANSWERS[outcome],
        key=f"{ANSWERS[outcome]}:{request.pk}:{request.revision}",
        url=request.get_absolute_url(),
        params={"title": request.title, "decider": str(by), "reason": reason},
        asks=outcome == "returned",
        thing=request,
        now=now,
    )


def close_asks(request: ApprovalRequest, *, now: datetime) -> None:
    close(request, kinds=[TO_DECIDE, RETURNED], now=now)
