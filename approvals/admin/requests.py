"""Records of requests: to look up, never to repair; what is done is done on their page."""

from django.contrib import admin

from approvals.models import (
    ApprovalRequest,
    Assignment,
    Comment,
    Condition,
    Decision,
    FastLanePass,
    RequestStage,
    RiskAssessment,
)
from portal.admin.events import Kept


@admin.register(ApprovalRequest)
class ApprovalRequestAdmin(Kept):
    list_display = ("title", "kind", "state", "tier", "requested_by", "opened_at", "due_at", "decided_by")
    list_filter = ("state", "kind", "tier", "business_unit")
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


@admin.register(RiskAssessment)
class RiskAssessmentAdmin(Kept):
    list_display = ("request", "revision", "points", "tier", "weights_version", "at")
    list_filter = ("tier",)
    list_select_related = ("request",)
    search_fields = ("request__title",)
    ordering = ("-id",)


@admin.register(RequestStage)
class RequestStageAdmin(Kept):
    list_display = ("request", "revision", "order", "name", "state", "opened_at", "due_at", "ended_at")
    list_filter = ("state",)
    list_select_related = ("request",)
    search_fields = ("request__title", "name")
    ordering = ("-id",)


@admin.register(Assignment)
class AssignmentAdmin(Kept):
    list_display = ("stage", "user", "on_behalf_of", "source", "assigned_at", "ended_at")
    list_filter = ("source",)
    list_select_related = ("stage", "user", "on_behalf_of")
    search_fields = ("user__name", "stage__request__title")
    ordering = ("-id",)


@admin.register(FastLanePass)
class FastLanePassAdmin(Kept):
    list_display = ("request", "rules_version", "is_drawn", "verdict", "at", "verdict_by")
    list_filter = ("is_drawn", "verdict")
    list_select_related = ("request", "verdict_by")
    search_fields = ("request__title",)
    ordering = ("-id",)


@admin.register(Comment)
class CommentAdmin(Kept):
    list_display = ("request", "text", "by", "at")
    list_select_related = ("request", "by")
    search_fields = ("request__title", "text", "by__name")
    ordering = ("-id",)


@admin.register(Condition)
class ConditionAdmin(Kept):
    list_display = ("request", "text", "until", "met_at", "met_by")
    list_select_related = ("request", "met_by")
    search_fields = ("request__title", "text")
    ordering = ("-id",)
