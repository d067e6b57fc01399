from django.contrib import admin

from catalog.models import ColumnMapping, Discovery, ImportFile, ImportRow, ImportRun
from catalog.models.source_record import SourceRecord
from portal.admin.events import Kept


@admin.register(Discovery)
class DiscoveryAdmin(Kept):
    list_display = ("name", "source_system", "owner_hint", "state", "first_seen_at", "last_seen_at")
    list_filter = ("state", "source_system", "business_unit")
    search_fields = ("name", "external_id", "owner_hint")
    ordering = ("-id",)


@admin.register(ImportRun)
class ImportRunAdmin(Kept):
    list_display = ("file_name", "kind", "source_system", "state", "by", "at", "applied_at")
    list_filter = ("kind", "state", "source_system")
    list_select_related = ("by",)
    search_fields = ("file_name", "digest")
    ordering = ("-id",)


@admin.register(ImportRow)
class ImportRowAdmin(Kept):
    list_display = ("run", "number", "dry", "name", "outcome", "sentence")
    list_filter = ("outcome", "dry")
    list_select_related = ("run",)
    search_fields = ("name", "sentence")
    ordering = ("-id",)


@admin.register(ImportFile)
class ImportFileAdmin(Kept):
    list_display = ("run",)
    list_select_related = ("run",)
    search_fields = ("run__file_name",)
    exclude = ("content",)


@admin.register(ColumnMapping)
class ColumnMappingAdmin(Kept):
    list_display = ("header_digest", "by", "at")
    list_select_related = ("by",)
    search_fields = ("header_digest",)


@admin.register(SourceRecord)
class SourceRecordAdmin(Kept):
    list_display = ("app",)
    list_select_related = ("app",)
    search_fields = ("app__name",)
