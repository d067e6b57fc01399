"""What people are told about requests: reviewers are asked once, the person who asked learns every answer."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest, Assignment, RequestStage
from portal.models import Notification, User
from portal.notifications import Kind, about, close, notify_many, register

TO_DECIDE, REMINDER, APPROVED, APPROVED_IF, RETURNED, REFUSED, WITHDRAWN = (
    "request_to_decide",
    "request_reminder",
    "request_approved",
    "request_approved_if",
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
        because=_("You are one of those who decide it."),
        action=_("Look at the request"),
        icon="inbox",
    ),
)
register(
    REMINDER,
    Kind(
        label=_("A decision is due"),
        title=_("Due %(due_on)s: %(title)s"),
        body=_("%(requester)s waits for an answer at the stage “%(stage)s”."),
        because=_("You are one of those who decide it."),
        action=_("Look at the request"),
        icon="clock-alert",
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
    APPROVED_IF,
    Kind(
        label=_("Your request was approved on a condition"),
        title=_("Approved on a condition: %(title)s"),
        body=_("%(decider)s approved it. By %(until)s: %(condition)s"),
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


def ask_approvers(
    request: ApprovalRequest,
    stage: RequestStage,
    assigned: Iterable[Assignment],
    *,
    now: datetime,
    kind: str = TO_DECIDE,
) -> None:
    """One ask for each person, once for each stage of each submission; the reminder is another kind of the same."""
    rows = list(assigned)
    people = User.objects.in_bulk({row.user_id for row in rows})
    params = {"title": request.title, "requester": str(request.requested_by), "stage": stage.name}
    if stage.due_at is not None:
        params["due_on"] = timezone.localdate(stage.due_at).isoformat()
    notify_many(
        Notification(
            user=people[row.user_id],
            kind=kind,
            key=f"{kind}:{request.pk}:{request.revision}:{stage.order}",
            url=request.get_absolute_url(),
            params=params,
            asks=True,
            created_at=now,
            **about(request),
        )
        for row in rows
    )


def answer_to(
    request: ApprovalRequest, outcome: str, *, by: User | None, reason: str, terms: Sequence[tuple[str, date]] = ()
) -> Notification:
    """The answer as the person who asked, or stands behind the service that did, will read it; not stored yet.

    `by` is empty when the rules decided. Of several conditions the first day counts."""
    kind = ANSWERS[outcome]
    params = {
        "title": request.title,
        "decider": str(by) if by is not None else gettext("The fast lane"),
        "reason": reason,
    }
    if outcome == "approved" and terms:
        kind = APPROVED_IF
        params["condition"] = " ".join(text for text, _until in terms)
        params["until"] = min(until for _text, until in terms).isoformat()
    return Notification(
        user=request.requested_by.steward or request.requested_by,
        kind=kind,
        key=f"{kind}:{request.pk}:{request.revision}",
        url=request.get_absolute_url(),
        params=params,
        asks=outcome == "returned",
        **about(request),
    )


def tell_requester(request: ApprovalRequest, outcome: str, *, by: User | None, reason: str, now: datetime) -> None:
    """The answer, with the conditions of all who approved; nobody is told what they did themselves."""
    terms = [(row.text, row.until) for row in request.conditions.filter(decision__revision=request.revision)]
    row = answer_to(request, outcome, by=by, reason=reason, terms=terms)
    row.created_at = now
    if row.user != by:
        notify_many([row])


def close_asks_of(request: ApprovalRequest, user: User, *, now: datetime) -> None:
    """This person has answered, or handed it on; the others are still asked."""
    close(request, kinds=[TO_DECIDE, REMINDER], user=user, now=now)


def close_asks(request: ApprovalRequest, *, now: datetime) -> None:
    close(request, kinds=[TO_DECIDE, REMINDER, RETURNED], now=now)
