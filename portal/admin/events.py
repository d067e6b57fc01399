from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.admin.lookup import LookUp
from portal.models import AuditBlock, AuditEvent


class Kept(LookUp):
    """Kept for good: nobody adds, changes or deletes, not even an administrator."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AuditEvent)
class AuditEventAdmin(Kept):
    list_display = ("at", "actor_name", "verb", "subject_kind", "subject_name", "reason")
    list_filter = ("subject_kind", "verb")
    search_fields = ("subject_name", "actor_name", "verb", "reason")
    ordering = ("-id",)


@admin.register(AuditBlock)
class AuditBlockAdmin(Kept):
    list_display = ("number", "first_id", "last_id", "events", "digest", "sealed_at")
    search_fields = ("digest",)
    exclude = ("row_digests",)
    ordering = ("-number",)
