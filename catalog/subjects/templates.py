"""Publishing a version of a template: shown in the marketplace, or a checked draft again."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest
from approvals.registry import register
from catalog.actions.marketplace import publications
from catalog.models import TemplateVersion
from catalog.notifications.templates import REFUSED, SENT_BACK
from portal.models import User


class Publication:
    kind = publications.KIND
    has_fast_lane = False
    label: str | Promise = _("New version of a template")
    question: str | Promise = _("Publish %(title)s in the marketplace?")

    def parties(self, request: ApprovalRequest) -> frozenset[int]:
        rows = TemplateVersion.objects.filter(pk=request.subject_id).values_list(
            "template__owner_id", "template__author_id", "made_by_id", "template__owner__steward_id"
        )
        return frozenset(pk for row in rows for pk in row if pk is not None)

    def approved(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        publications.grant(request, by=by, now=now)

    def returned(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None:
        publications.send_back(request, by=by, reason=reason, now=now, tell=SENT_BACK)

    def refused(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None:
        publications.send_back(request, by=by, reason=reason, now=now, tell=REFUSED)

    def withdrawn(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        publications.send_back(request, by=by, reason="", now=now)

    def edit_url(self, request: ApprovalRequest) -> str:
        return request.url


register(Publication())
