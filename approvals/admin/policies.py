"""Records of policies and of what they found: to look up, never to repair."""

from typing import ClassVar

from django.contrib import admin

from approvals.models import (
    Impact,
    ImpactItem,
    Policy,
    PolicyCheck,
    PolicyException,
    PolicyStanding,
    PolicyVersion,
    Violation,
)
from portal.admin.events import Kept


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


@admin.register(PolicyException)
class PolicyExceptionAdmin(OfAPolicy):
    list_display = ("title", "policy", "state", "owner", "ends_on", "granted_by")
    list_filter = ("state",)
    list_select_related = ("policy", "owner", "granted_by")
    search_fields = ("title", "policy__title", "owner__name")
