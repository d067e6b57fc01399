from django.urls import path

from catalog.views import exports

urlpatterns = [
    path("exports/apps.csv", exports.catalog_export_csv, name="catalog_export_csv"),
    path("exports/apps.json", exports.catalog_export_json, name="catalog_export_json"),
    path("exports/catalog-info.yaml", exports.catalog_export_yaml, name="catalog_export_yaml"),
    path("apps/<slug:slug>/microapp.yaml", exports.micro_app_manifest, name="micro_app_manifest"),
    path("apps/<slug:slug>/catalog-info.yaml", exports.micro_app_catalog_info, name="micro_app_catalog_info"),
]
