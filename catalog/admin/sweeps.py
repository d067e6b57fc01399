from django.contrib import admin

from catalog.models import Collector, RuleSetting, SweepItem, SweepRun
from portal.admin.events import Kept
from portal.admin.lookup import LookUp


@admin.register(SweepRun)
class SweepRunAdmin(Kept):
    list_display = ("kind", "due", "state", "planned", "applied", "skipped", "by", "finished_at")
    list_filter = ("kind", "state")
    list_select_related = ("by",)
    search_fields = ("kind", "reason")
    ordering = ("-id",)


@admin.register(SweepItem)
class SweepItemAdmin(Kept):
    list_display = ("run", "app", "action", "state", "note", "done_at")
    list_filter = ("state", "action")
    list_select_related = ("run", "app")
    search_fields = ("app__name",)
    ordering = ("-id",)


@admin.register(RuleSetting)
class RuleSettingAdmin(Kept):
    list_display = ("key", "business_unit", "risk", "value", "version", "by", "at", "replaced_at")
    list_filter = ("key", "risk", ("replaced_at", admin.EmptyFieldListFilter))
    list_select_related = ("business_unit", "by")
    search_fields = ("key", "reason")
    ordering = ("-id",)


@admin.register(Collector)
class CollectorAdmin(LookUp):
    list_display = ("label", "signal", "complete_from", "complete_until", "is_required", "rows_seen", "rows_expected")
    list_filter = ("is_required",)
    search_fields = ("label", "signal")
    readonly_fields = ("complete_from", "complete_until", "rows_seen", "rows_expected", "reported_at")
