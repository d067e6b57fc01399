from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Every process must know every registered name: a web process enqueues jobs whose bodies live in task modules.
        autodiscover_modules(
            "tasks",
            "counters",
            "kpis",
            "board",
            "subjects",
            "search",
            "finders",
            "panels",
            "highlights",
            "profiles",
            "departures",
        )
