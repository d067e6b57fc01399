from django.contrib import admin

from portal.admin.events import Kept
from portal.models import BoardSnapshot, KpiReading, KpiTarget


@admin.register(KpiReading)
class KpiReadingAdmin(Kept):
    list_display = ("kpi", "business_unit", "month", "kind", "day", "part", "whole", "gap", "taken_at")
    list_filter = ("kind", "kpi")
    list_select_related = ("business_unit",)
    search_fields = ("kpi", "gap", "reason")
    date_hierarchy = "month"
    ordering = ("-month", "kpi", "-id")


@admin.register(KpiTarget)
class KpiTargetAdmin(Kept):
    list_display = ("kpi", "month", "value", "by", "at", "reason")
    list_filter = ("kpi",)
    list_select_related = ("by",)
    search_fields = ("kpi", "reason")
    ordering = ("-id",)


@admin.register(BoardSnapshot)
class BoardSnapshotAdmin(Kept):
    list_display = ("number", "span", "business_unit", "by", "at")
    list_select_related = ("business_unit", "by")
    search_fields = ("number", "span")
    ordering = ("-at",)
