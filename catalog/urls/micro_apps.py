from django.urls import path

from catalog.views import app_facts, manifests, micro_app_forms, micro_app_lists, micro_apps, options

urlpatterns = [
    path("apps/", micro_app_lists.micro_app_list, name="micro_app_list"),
    path("apps/mine/", micro_app_lists.my_app_list, name="my_app_list"),
    path("apps/new/", micro_app_forms.micro_app_create, name="micro_app_create"),
    path("apps/manifest/", manifests.manifest_create, name="manifest_create"),
    path("apps/options/owners/", options.owner_option_list, name="owner_option_list"),
    path("apps/options/cost-centres/", options.cost_centre_option_list, name="cost_centre_option_list"),
    path("apps/by-id/<int:pk>/", micro_apps.micro_app_by_id, name="micro_app_by_id"),
    path("apps/<slug:slug>/", micro_apps.micro_app_detail, name="micro_app_detail"),
    path("apps/<slug:slug>/edit/", micro_app_forms.micro_app_edit, name="micro_app_edit"),
    path("apps/<slug:slug>/discard/", micro_app_forms.micro_app_discard_create, name="micro_app_discard_create"),
    path("apps/<slug:slug>/marks/", app_facts.fact_create, name="fact_create"),
    path("apps/<slug:slug>/marks/<int:pk>/end/", app_facts.fact_end_create, name="fact_end_create"),
    path("schemas/microapp.json", manifests.manifest_schema, name="manifest_schema"),
]
