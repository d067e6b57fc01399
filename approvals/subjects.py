"""What this package itself asks about: exceptions from its policies."""

from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.actions import exceptions
from approvals.models import ApprovalRequest, PolicyException
from approvals.registry import register
from portal.models import User


def asked_for(request: ApprovalRequest) -> PolicyException:
    return exceptions.lock(PolicyException(pk=request.subject_id))


class Exceptions:
    kind = exceptions.KIND
    has_fast_lane = False
    label: str | Promise = _("Exception from a policy")
    question: str | Promise = _("Grant an exception, %(title)s?")

    def parties(self, request: ApprovalRequest) -> frozenset[int]:
        """Who answers for it, who asked, and the people behind either."""
        rows = PolicyException.objects.filter(pk=request.subject_id).values_list(
            "owner_id", "owner__steward_id", "asked_by_id", "asked_by__steward_id"
        )
        return frozenset(pk for row in rows for pk in row if pk is not None)

    def approved(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        assert by is not None, "exceptions never take the fast lane"
        exceptions.grant(asked_for(request), by=by, now=now)

    def returned(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None:
        """It stays asked for; its words are changed on its page."""

    def refused(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None:
        exceptions.decline(asked_for(request), by=by, now=now)

    def withdrawn(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        exceptions.decline(asked_for(request), by=by, now=now)

    def edit_url(self, request: ApprovalRequest) -> str:
        return reverse("approvals:exception_edit", args=[request.subject_id])


register(Exceptions())
