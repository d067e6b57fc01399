"""Records of approvals: to look up, never to repair; what is done is done on its page."""

from typing import ClassVar

from django.contrib import admin

from approvals.models import (
    ApprovalRequest,
    Decision,
    Impact,
    ImpactItem,
    Policy,
    PolicyCheck,
    PolicyStanding,
    PolicyVersion,
    RiskAssessment,
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
