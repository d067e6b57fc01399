from django.urls import URLPattern, path

from catalog.views import discoveries

urlpatterns: list[URLPattern] = [
    path("discoveries/", discoveries.discovery_list, name="discovery_list"),
    path("discoveries/bulk/", discoveries.discovery_bulk_create, name="discovery_bulk_create"),
    path("discoveries/<int:pk>/", discoveries.discovery_detail, name="discovery_detail"),
    path("discoveries/<int:pk>/adoption/", discoveries.adoption_create, name="adoption_create"),
    path("discoveries/<int:pk>/contact/", discoveries.discovery_contact_create, name="discovery_contact_create"),
    path(
        "discoveries/<int:pk>/retirement/", discoveries.discovery_retirement_create, name="discovery_retirement_create"
    ),
    path("discoveries/<int:pk>/reopening/", discoveries.discovery_reopening_create, name="discovery_reopening_create"),
]
