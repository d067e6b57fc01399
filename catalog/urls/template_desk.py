from django.urls import path

from catalog.views.marketplace import (
    template_desk,
    template_imports,
    template_proposals,
    template_schemas,
    template_versions,
)

VERSION = "templates/<slug:slug>/versions/<str:number>/"

urlpatterns = [
    path("schemas/template.json", template_schemas.template_schema, name="template_schema"),
    path("apps/<slug:slug>/template/", template_proposals.template_proposal_create, name="template_proposal_create"),
    path("templates/desk/", template_desk.template_desk, name="template_desk"),
    path("templates/new/", template_imports.template_create, name="template_create"),
    path("templates/<slug:slug>/desk/", template_desk.template_desk_detail, name="template_desk_detail"),
    path("templates/<slug:slug>/keeping/", template_desk.template_edit, name="template_edit"),
    path("templates/<slug:slug>/feature/", template_desk.template_feature_create, name="template_feature_create"),
    path(
        "templates/<slug:slug>/deprecation/",
        template_desk.template_deprecation_create,
        name="template_deprecation_create",
    ),
    path("templates/<slug:slug>/revival/", template_desk.template_revival_create, name="template_revival_create"),
    path(
        "templates/<slug:slug>/versions/new/", template_imports.template_version_create, name="template_version_create"
    ),
    path(VERSION, template_versions.template_version_detail, name="template_version_detail"),
    path(f"{VERSION}check/", template_versions.template_check_create, name="template_check_create"),
    path(f"{VERSION}submission/", template_versions.template_submission_create, name="template_submission_create"),
    path(f"{VERSION}withdrawal/", template_versions.template_withdrawal_create, name="template_withdrawal_create"),
    path(
        f"{VERSION}discard/", template_versions.template_version_discard_create, name="template_version_discard_create"
    ),
    path(
        f"{VERSION}deprecation/",
        template_versions.template_version_deprecation_create,
        name="template_version_deprecation_create",
    ),
]
