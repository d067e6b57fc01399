from django.urls import path

from catalog.views.marketplace import campaigns, clones, upgrades

urlpatterns = [
    path("clones/", clones.clone_list, name="clone_list"),
    path("apps/<slug:slug>/upgrade/", upgrades.upgrade_create, name="upgrade_create"),
    path("apps/<slug:slug>/answers/", upgrades.answer_edit, name="answer_edit"),
    path("upgrades/<int:pk>/", upgrades.upgrade_detail, name="upgrade_detail"),
    path("upgrades/<int:pk>/patch/", upgrades.upgrade_patch, name="upgrade_patch"),
    path("upgrades/<int:pk>/application/", upgrades.upgrade_application_create, name="upgrade_application_create"),
    path("upgrades/<int:pk>/discard/", upgrades.upgrade_discard_create, name="upgrade_discard_create"),
    path("templates/<slug:slug>/clones/", clones.template_clone_list, name="template_clone_list"),
    path("templates/<slug:slug>/clones/export/", clones.template_clone_export, name="template_clone_export"),
    path("templates/<slug:slug>/campaigns/", campaigns.campaign_create, name="campaign_create"),
    path("campaigns/<int:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("campaigns/<int:pk>/end/", campaigns.campaign_end_create, name="campaign_end_create"),
]
