"""A connector somebody proposed: approved for everyone, or declined with a reason."""

from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest
from approvals.registry import register
from catalog.actions import connector_proposals
from catalog.models import Connector
from portal.models import User


class NewConnector:
    kind = connector_proposals.KIND
    has_fast_lane = False
    label: str | Promise = _("New connector")
    question: str | Promise = _("Approve the connector %(title)s for everyone?")

    def parties(self, request: ApprovalRequest) -> frozenset[int]:
        rows = Connector.objects.filter(pk=request.subject_id).values_list("proposed_by_id", flat=True)
        return frozenset(pk for pk in rows if pk is not None)

    def approved(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        connector_proposals.grant(request, by=by, now=now)

    def returned(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None:
        """It stays in review; who proposed it changes it and asks again."""

    def refused(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None:
        connector_proposals.decline(request, by=by, reason=reason, now=now)

    def withdrawn(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        connector_proposals.decline(request, by=by, reason=str(_("Taken back by who proposed it.")), now=now)

    def edit_url(self, request: ApprovalRequest) -> str:
        slug = Connector.objects.values_list("slug", flat=True).get(pk=request.subject_id)
        return reverse("catalog:connector_proposal_edit", args=[slug])


register(NewConnector())
