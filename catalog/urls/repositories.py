from django.urls import path

from catalog.views.marketplace import git_http, repositories, telemetry

urlpatterns = [
    path("telemetry/", telemetry.telemetry_create, name="telemetry_create"),
    path("git/apps/<slug:slug>.git/<path:path>", git_http.app_git, name="app_git"),
    path("git/templates/<slug:slug>.git/<path:path>", git_http.template_git, name="template_git"),
    path("apps/<slug:slug>/source/", repositories.source_detail, name="source_detail"),
    path("apps/<slug:slug>/source/zip/", repositories.source_zip, name="source_zip"),
    path("apps/<slug:slug>/source/upload/", repositories.source_upload_create, name="source_upload_create"),
    path("apps/<slug:slug>/source/deliveries/", repositories.delivery_create, name="delivery_create"),
    path("apps/<slug:slug>/source/tokens/", repositories.repository_token_create, name="repository_token_create"),
    path(
        "apps/<slug:slug>/source/tokens/<int:pk>/revocation/",
        repositories.repository_token_revocation_create,
        name="repository_token_revocation_create",
    ),
]
