from django.urls import URLPattern, path

from catalog.views import import_rows, imports

urlpatterns: list[URLPattern] = [
    path("console/imports/", imports.import_list, name="import_list"),
    path("console/imports/new/", imports.import_create, name="import_create"),
    path("console/imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("console/imports/<int:pk>/mapping/", imports.import_mapping_create, name="import_mapping_create"),
    path("console/imports/<int:pk>/check/", imports.import_check_create, name="import_check_create"),
    path("console/imports/<int:pk>/application/", imports.import_application_create, name="import_application_create"),
    path("console/imports/<int:pk>/progress/", imports.import_progress, name="import_progress"),
    path("console/imports/<int:pk>/rows.csv", import_rows.import_rows_csv, name="import_rows_csv"),
]
