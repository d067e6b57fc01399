"""Addresses of the catalog, one file for each noun."""

from catalog.urls import (
    answers,
    clones,
    connectors,
    discoveries,
    exports,
    imports,
    incidents,
    lifecycle,
    micro_apps,
    repositories,
    rules,
    sweeps,
    template_desk,
    templates,
    upgrades,
)

app_name = "catalog"
urlpatterns = [
    *lifecycle.urlpatterns,
    *answers.urlpatterns,
    *connectors.urlpatterns,
    *discoveries.urlpatterns,
    *imports.urlpatterns,
    *incidents.urlpatterns,
    *sweeps.urlpatterns,
    *rules.urlpatterns,
    *exports.urlpatterns,
    *repositories.urlpatterns,
    *upgrades.urlpatterns,
    *clones.urlpatterns,
    *template_desk.urlpatterns,
    *templates.urlpatterns,  # after its desk: templates/<slug>/ would take templates/new/
    *micro_apps.urlpatterns,  # last: apps/<slug>/ would take apps/bulk/
]
