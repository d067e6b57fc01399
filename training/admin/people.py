from django.contrib import admin

from portal.admin.events import Kept
from training.models import Acknowledgement, Announcement, Booking, OfficeHour


@admin.register(OfficeHour)
class OfficeHourAdmin(Kept):
    list_display = ("topic", "host", "starts_at", "capacity", "cancelled_at")
    list_select_related = ("host",)
    search_fields = ("topic", "host__name")
    ordering = ("-id",)


@admin.register(Booking)
class BookingAdmin(Kept):
    list_display = ("user", "office_hour", "state", "at")
    list_filter = ("state",)
    list_select_related = ("user", "office_hour")
    search_fields = ("user__name", "office_hour__topic")
    ordering = ("-id",)


@admin.register(Announcement)
class AnnouncementAdmin(Kept):
    list_display = ("title", "made_by", "made_at", "asks")
    list_select_related = ("made_by",)
    search_fields = ("title",)
    ordering = ("-id",)


@admin.register(Acknowledgement)
class AcknowledgementAdmin(Kept):
    list_display = ("user", "announcement", "at")
    list_select_related = ("user", "announcement")
    search_fields = ("user__name", "announcement__title")
    ordering = ("-id",)
