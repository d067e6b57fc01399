from django.contrib import admin

from portal.admin.lookup import LookUp
from portal.models import CostCentre


@admin.register(CostCentre)
class CostCentreAdmin(LookUp):
    list_display = ("code", "name", "business_unit", "is_open")
    list_filter = ("is_open", "business_unit")
    list_select_related = ("business_unit",)
    search_fields = ("code", "name")
    ordering = ("code",)
    autocomplete_fields = ("business_unit",)
