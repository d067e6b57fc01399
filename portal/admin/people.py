from django.contrib import admin

from portal.admin.lookup import LookUp
from portal.models import User


@admin.register(User)
class UserAdmin(LookUp):
    """Accounts. Roles, passwords and closing are left to the console, which keeps the rules and the audit entries."""

    list_display = ("name", "email", "title", "business_unit", "is_active", "is_service", "is_staff", "leaves_on")
    list_filter = ("is_active", "is_service", "is_staff", "groups", "business_unit")
    list_select_related = ("business_unit",)
    search_fields = ("name", "email", "title")
    ordering = ("name", "pk")
    autocomplete_fields = ("business_unit", "cost_centre", "manager", "steward")
    fields = (
        "email", "name", "title", "business_unit", "cost_centre", "manager", "time_zone", "working_days", "is_service",
        "steward", "leaves_on", "single_key_shortcuts", "muted_kinds", "groups", "is_active", "is_staff", "is_superuser",
        "date_joined", "last_login",
    )  # fmt: skip
    readonly_fields = ("groups", "is_active", "is_staff", "is_superuser", "leaves_on", "date_joined", "last_login")

    def has_add_permission(self, request: object) -> bool:
        return False
