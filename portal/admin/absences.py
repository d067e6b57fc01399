from django.contrib import admin

from portal.admin.lookup import LookUp
from portal.models import Absence


@admin.register(Absence)
class AbsenceAdmin(LookUp):
    list_display = ("user", "starts_on", "ends_on", "delegate", "note")
    list_filter = ("starts_on", "ends_on", ("delegate", admin.EmptyFieldListFilter))
    list_select_related = ("user", "delegate")
    search_fields = ("user__name", "user__email", "delegate__name", "note")
    ordering = ("-starts_on", "-pk")
    autocomplete_fields = ("user", "delegate")
