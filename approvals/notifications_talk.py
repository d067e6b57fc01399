"""What people are told beside decisions: comments that name them, and conditions that come due."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest, Comment, Condition
from portal.models import Notification, User
from portal.notifications import Kind, about, close, notify, notify_many, register

COMMENT, CONDITION_DUE, CONDITION_LATE = "request_comment", "condition_due", "condition_late"

register(
    COMMENT,
    Kind(
        label=_("Somebody comments on a request"),
        title=_("%(person)s on %(title)s"),
        body=_("%(text)s"),
        because=_("You are named in it, or you asked for this."),
        action=_("Read and answer"),
        icon="at-sign",
        can_mute=True,
    ),
)
register(
    CONDITION_DUE,
    Kind(
        label=_("A condition of an approval comes due"),
        title=_("By %(until)s: the condition for %(title)s"),
        body=_("%(condition)s"),
        because=_("Your request was approved on this condition."),
        action=_("Say that it is done"),
        icon="clock",
    ),
)
register(
    CONDITION_LATE,
    Kind(
        label=_("A condition of an approval was not met in time"),
        title=_("Not met by %(until)s: the condition for %(title)s"),
        body=_("%(condition)s"),
        because=_("You asked for the approval, or you stated the condition."),
        action=_("Look at the request"),
        icon="clock-alert",
    ),
)


def tell_commented(request: ApprovalRequest, comment: Comment, named: Sequence[User], *, now: datetime) -> None:
    """Those who are named, and the person who asked; nobody is told their own words."""
    asker = request.requested_by.steward or request.requested_by
    people = {person.pk: person for person in (*named, asker) if person.pk != comment.by_id}
    params = {"person": str(comment.by), "title": request.title, "text": comment.text[:300]}
    notify_many(
        Notification(
            user=person,
            kind=COMMENT,
            key=f"{COMMENT}:{comment.pk}",
            url=f"{request.get_absolute_url()}#comment-{comment.pk}",
            params=params,
            created_at=now,
            **about(request),
        )
        for person in people.values()
    )


def remind_of_condition(condition: Condition, *, is_late: bool, now: datetime) -> None:
    """Before the last day the person who asked; after it also whoever stated the condition."""
    request, kind = condition.request, CONDITION_LATE if is_late else CONDITION_DUE
    asker = request.requested_by.steward or request.requested_by
    for person in {asker, condition.decision.by} if is_late else {asker}:
        notify(
            person,
            kind,
            key=f"{kind}:{condition.pk}",
            url=f"{request.get_absolute_url()}#conditions",
            params={"title": request.title, "condition": condition.text[:300], "until": condition.until.isoformat()},
            asks=True,
            thing=condition,
            now=now,
        )


def close_condition_asks(condition: Condition, *, now: datetime) -> None:
    close(condition, kinds=[CONDITION_DUE, CONDITION_LATE], now=now)
