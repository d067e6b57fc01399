"""What is asked of an app that is in the catalog: done as it was asked, or not at all."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest
from approvals.registry import register
from catalog.actions.proposal_acts import act
from catalog.actions.proposals import close, proposal_of
from catalog.models import MicroApp, Proposal
from catalog.models.proposal import ProposalKind
from catalog.subjects.new_apps import owners_of
from portal.models import User


@dataclass(frozen=True)
class Proposed:
    """`page` is where the proposal is written, and written again after it was sent back."""

    kind: str
    question: str | Promise
    page: str
    has_fast_lane: bool = False

    @property
    def label(self) -> str | Promise:
        return ProposalKind(self.kind).label

    def parties(self, request: ApprovalRequest) -> frozenset[int]:
        asked = Proposal.objects.filter(request=request).values_list("by_id", flat=True)
        return owners_of(request.subject_id) | frozenset(asked)

    def approved(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        proposal = proposal_of(request)
        act(proposal, by=by, now=now)
        close(proposal, done=True, now=now)

    def returned(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None:
        """The proposal stands; it is changed and asked again on its page."""

    def refused(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None:
        close(proposal_of(request), done=False, now=now)

    def withdrawn(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        close(proposal_of(request), done=False, now=now)

    def edit_url(self, request: ApprovalRequest) -> str:
        slug = MicroApp.objects.values_list("slug", flat=True).get(pk=request.subject_id)
        return reverse(self.page, args=[slug])


for subject in (
    Proposed(ProposalKind.CHANGE, _("Let %(title)s change as asked?"), "catalog:micro_app_edit", has_fast_lane=True),
    Proposed(ProposalKind.RENEWAL, _("Renew %(title)s once more, though nobody uses it?"), "catalog:renewal_create"),
    Proposed(
        ProposalKind.RESTORE,
        _("Restore %(title)s, which was archived while it violated a policy?"),
        "catalog:restoration_create",
    ),
    Proposed(ProposalKind.OWNERSHIP, _("Give %(title)s its new owner?"), "catalog:ownership_create"),
    Proposed(ProposalKind.SPEND, _("Let %(title)s spend more a month?"), "catalog:budget_create"),
    Proposed(ProposalKind.EXEMPTION, _("Exempt %(title)s from the sweeps?"), "catalog:exemption_create"),
):
    register(subject)
