from django.contrib import admin

from portal.admin.lookup import LookUp
from portal.models import BusinessUnit


@admin.register(BusinessUnit)
class BusinessUnitAdmin(LookUp):
    list_display = ("name", "code", "parent", "lead")
    list_filter = (("lead", admin.EmptyFieldListFilter), ("parent", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("parent", "lead")
    search_fields = ("name", "code")
    ordering = ("name", "pk")
    autocomplete_fields = ("parent", "lead")
