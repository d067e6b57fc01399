"""Who sees records and who repairs them: C4E staff look, administrators change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.models.user import Role


class LookUp(admin.ModelAdmin):
    """Readable for staff. Superusers (administrators) may also change; nobody deletes what the audit log speaks of."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff and request.user.has_role(Role.STAFF)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
