from django.contrib import admin

from catalog.models import AppDependency, AppFigures, Connector, ConnectorUse, ExternalHost, MicroApp
from portal.admin.events import Kept
from portal.admin.lookup import LookUp


@admin.register(MicroApp)
class MicroAppAdmin(LookUp):
    """The state and what follows from it are moved by actions only."""

    list_display = ("name", "owner", "business_unit", "state", "risk", "expires_on", "active_users")
    list_filter = ("state", "risk", "business_unit", "data_classification")
    list_select_related = ("owner", "business_unit", "figures")
    search_fields = ("name", "slug", "external_id", "owner__name", "owner__email")
    autocomplete_fields = ("owner", "second_owner", "business_unit", "cost_centre")
    exclude = ("search",)
    readonly_fields = (
        "state", "risk", "expires_on", "unused_renewals", "active_users", "last_seen_on", "created_at", "created_by",
        "updated_at", "activated_at", "archived_at", "retired_at", "purged_at", "creation_key",
    )  # fmt: skip
    ordering = ("name", "id")


@admin.register(AppFigures)
class AppFiguresAdmin(Kept):
    list_display = ("app", "active_users", "last_seen_on")
    list_select_related = ("app",)
    search_fields = ("app__name",)
    ordering = ("app",)


@admin.register(Connector)
class ConnectorAdmin(LookUp):
    list_display = ("name", "system", "status", "team", "contact")
    list_filter = ("status",)
    search_fields = ("name", "slug", "summary", "host")
    ordering = ("name",)


@admin.register(ConnectorUse)
class ConnectorUseAdmin(Kept):
    list_display = ("app", "connector")
    list_filter = ("connector",)
    list_select_related = ("app", "connector")
    search_fields = ("app__name", "connector__name")


@admin.register(ExternalHost)
class ExternalHostAdmin(Kept):
    list_display = ("host", "app")
    list_select_related = ("app",)
    search_fields = ("host", "app__name")


@admin.register(AppDependency)
class AppDependencyAdmin(Kept):
    list_display = ("app", "needed")
    list_select_related = ("app", "needed")
    search_fields = ("app__name", "needed__name")
