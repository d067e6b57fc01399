"""Records of requests and decisions: to look up, never to repair; a decision is made on its page."""

from django.contrib import admin

from approvals.models import ApprovalRequest, Decision
from portal.admin.events import Kept


@admin.register(ApprovalRequest)
class ApprovalRequestAdmin(Kept):
    list_display = ("title", "kind", "state", "requested_by", "opened_at", "due_at", "decided_by")
    list_filter = ("state", "kind", "business_unit")
    list_select_related = ("requested_by", "decided_by")
    search_fields = ("title", "requested_by__name", "requested_by__email")
    ordering = ("-id",)


@admin.register(Decision)
class DecisionAdmin(Kept):
    list_display = ("request", "outcome", "by", "at", "reason")
    list_filter = ("outcome",)
    list_select_related = ("request", "by")
    search_fields = ("request__title", "by__name", "reason")
    ordering = ("-id",)
