from django.contrib import admin

from portal.admin.events import Kept
from portal.models import Digest, Job, Notification, Slot


@admin.register(Job)
class JobAdmin(Kept):
    list_display = ("id", "name", "title", "state", "by", "created_at", "attempts", "error")
    list_filter = ("state", "name")
    list_select_related = ("by",)
    search_fields = ("name", "title", "key", "error")
    ordering = ("-id",)


@admin.register(Notification)
class NotificationAdmin(Kept):
    list_display = ("created_at", "user", "kind", "key", "asks", "read_at", "closed_at")
    list_filter = ("kind", "asks", ("closed_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("key", "user__name", "user__email")
    ordering = ("-id",)


@admin.register(Digest)
class DigestAdmin(Kept):
    list_display = ("day", "user", "created_at", "sent_at")
    list_filter = (("sent_at", admin.EmptyFieldListFilter),)
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    ordering = ("-day", "-id")


@admin.register(Slot)
class SlotAdmin(Kept):
    list_display = ("name", "due", "claimed_at", "done_at")
    list_filter = ("name",)
    search_fields = ("name",)
    ordering = ("-due", "-id")
