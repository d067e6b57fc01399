"""Records of approvals: to look up, never to repair; what is done is done on its page."""

from typing import ClassVar

from django.contrib import admin

from approvals.models import (
    ApprovalRequest,
    ApproverGroup,
    Assignment,
    Decision,
    FastLanePass,
    HolidayCalendar,
    HolidayDay,
    Impact,
    ImpactItem,
    Policy,
    PolicyCheck,
    PolicyStanding,
    PolicyVersion,
    RequestStage,
    RiskAssessment,
    RouteVersion,
    RuleVersion,
    Violation,
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


@admin.register(RuleVersion)
class RuleVersionAdmin(Kept):
    list_display = ("name", "number", "reason", "by", "at")
    list_filter = ("name",)
    list_select_related = ("by",)
    search_fields = ("name", "reason")
    ordering = ("-id",)


@admin.register(Policy)
class PolicyAdmin(Kept):
    list_display = ("title", "slug", "mode", "severity", "active")
    list_filter = ("mode", "severity")
    list_select_related = ("active__policy",)
    search_fields = ("title", "slug")
    ordering = ("title",)


class OfAPolicy(Kept):
    ordering = ("-id",)
    list_select_related: ClassVar[tuple[str, ...]] = ("policy",)


@admin.register(PolicyVersion)
class PolicyVersionAdmin(OfAPolicy):
    list_display = ("policy", "number", "state", "mode", "written_by", "proposed_by", "activated_by", "activated_at")
    list_filter = ("state",)
    list_select_related = ("policy", "written_by", "proposed_by", "activated_by")
    search_fields = ("policy__title", "revision")


@admin.register(Impact)
class ImpactAdmin(Kept):
    list_display = ("version", "total", "newly_fails", "newly_passes", "still_fails", "finished_at")
    list_select_related = ("version__policy",)
    search_fields = ("version__policy__title",)
    ordering = ("-id",)


@admin.register(ImpactItem)
class ImpactItemAdmin(Kept):
    list_display = ("title", "change", "impact")
    list_filter = ("change",)
    list_select_related = ("impact__version__policy",)
    search_fields = ("title",)
    ordering = ("-id",)


@admin.register(PolicyCheck)
class PolicyCheckAdmin(Kept):
    list_display = ("version", "subject_kind", "subject_id", "result", "cause", "milliseconds", "at")
    list_filter = ("result", "cause")
    list_select_related = ("version__policy",)
    search_fields = ("=subject_id", "input_digest")
    ordering = ("-id",)


@admin.register(PolicyStanding)
class PolicyStandingAdmin(OfAPolicy):
    list_display = ("policy", "subject_kind", "subject_id", "result", "at")
    list_filter = ("result",)
    search_fields = ("policy__title", "=subject_id")


@admin.register(Violation)
class ViolationAdmin(OfAPolicy):
    list_display = ("title", "policy", "state", "owner", "opened_at", "due_at", "closed_at")
    list_filter = ("state",)
    list_select_related = ("policy", "owner")
    search_fields = ("title", "policy__title", "owner__name")


@admin.register(RouteVersion)
class RouteVersionAdmin(Kept):
    list_display = ("kind", "tier", "number", "reason", "by", "at")
    list_filter = ("tier", "kind")
    list_select_related = ("by",)
    search_fields = ("kind", "reason")
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


@admin.register(ApproverGroup)
class ApproverGroupAdmin(Kept):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    ordering = ("name",)


@admin.register(HolidayCalendar)
class HolidayCalendarAdmin(Kept):
    list_display = ("name", "country", "region")
    search_fields = ("name", "country")
    ordering = ("name",)


@admin.register(HolidayDay)
class HolidayDayAdmin(Kept):
    list_display = ("day", "name", "is_worked", "calendar")
    list_filter = ("calendar",)
    list_select_related = ("calendar",)
    search_fields = ("name",)
    ordering = ("day",)
