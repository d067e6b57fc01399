from django.urls import path

from catalog.views.marketplace import template_details

urlpatterns = [
    path("templates/by-id/<int:pk>/", template_details.template_by_id, name="template_by_id"),
    path("templates/<slug:slug>/", template_details.template_detail, name="template_detail"),
]
