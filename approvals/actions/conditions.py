"""Conditions of an approval: stated with the decision, reminded of, and seen to be met."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.models import ApprovalRequest, Condition
from approvals.notifications_talk import close_condition_asks, remind_of_condition
from approvals.permissions import denial_to_judge
from portal import audit
from portal.models import User
from portal.models.user import Role
from portal.permissions import Denial, allow
from portal.states import InvalidTransition

NOTICE = timedelta(days=7)


def denial_to_confirm(user: User, condition: Condition) -> Denial:
    """Whoever stated it, reviewers and staff; never on what is theirs."""
    if (denial := denial_to_judge(user, condition.request)) is not None:
        return denial
    if user.pk == condition.decision.by_id or user.has_role(Role.STAFF, Role.REVIEWER):
        return None
    return _("Only those who decide requests say that a condition is met.")


@transaction.atomic
def confirm(condition: Condition, *, by: User, now: datetime) -> Condition:
    """It is met. Said once."""
    condition = Condition.objects.select_for_update(of=("self",)).select_related("decision").get(pk=condition.pk)
    condition.request = ApprovalRequest.objects.select_related("requested_by").get(pk=condition.request_id)
    allow(denial_to_confirm(by, condition))
    if condition.met_at is not None:
        raise InvalidTransition(_("Somebody has confirmed this already."))
    condition.met_at, condition.met_by = now, by
    condition.save(update_fields=["met_at", "met_by"])
    audit.record("approvals.condition_met", condition.request, by=by, now=now, facts={"condition": condition.text})
    close_condition_asks(condition, now=now)
    return condition


def remind(*, now: datetime) -> None:
    """A week before the last day, and once it has passed. Twice changes nothing: each is told once."""
    today: date = timezone.localdate(now)
    near = Condition.objects.standing().filter(until__lte=today + NOTICE)
    for condition in near.select_related("request__requested_by__steward", "decision__by"):
        remind_of_condition(condition, is_late=condition.is_late(today), now=now)


audit.register(approvals__condition_met=audit.Verb(gettext_lazy("Condition met"), "circle-check", "ok"))
