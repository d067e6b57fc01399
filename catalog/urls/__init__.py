"""Addresses of the catalog, one file for each noun."""

from catalog.urls import answers, connectors, discoveries, exports, imports, lifecycle, micro_apps, rules, sweeps

app_name = "catalog"
urlpatterns = [
    *lifecycle.urlpatterns,
    *answers.urlpatterns,
    *connectors.urlpatterns,
    *discoveries.urlpatterns,
    *imports.urlpatterns,
    *sweeps.urlpatterns,
    *rules.urlpatterns,
    *exports.urlpatterns,
    *micro_apps.urlpatterns,  # last: apps/<slug>/ would take apps/bulk/
]
