"""Records of the rules of approvals: to look up; they are set on their pages."""

from django.contrib import admin

from approvals.models import (
    ApproverGroup,
    HolidayCalendar,
    HolidayDay,
    RouteVersion,
    RuleVersion,
)
from portal.admin.events import Kept


@admin.register(RuleVersion)
class RuleVersionAdmin(Kept):
    list_display = ("name", "number", "reason", "by", "at")
    list_filter = ("name",)
    list_select_related = ("by",)
    search_fields = ("name", "reason")
    ordering = ("-id",)


@admin.register(RouteVersion)
class RouteVersionAdmin(Kept):
    list_display = ("kind", "tier", "number", "reason", "by", "at")
    list_filter = ("tier", "kind")
    list_select_related = ("by",)
    search_fields = ("kind", "reason")
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
