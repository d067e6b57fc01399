from django.urls import path

from catalog.views.marketplace import template_versions

urlpatterns = [
    path(
        "templates/<slug:slug>/versions/<str:number>/",
        template_versions.template_version_detail,
        name="template_version_detail",
    ),
]
