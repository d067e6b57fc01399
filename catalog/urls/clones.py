from django.urls import path

from catalog.views.marketplace import clone_drafts

urlpatterns = [
    path("templates/<slug:slug>/clone/", clone_drafts.clone_draft_create, name="clone_draft_create"),
    path("clones/drafts/<int:pk>/", clone_drafts.clone_draft_detail, name="clone_draft_detail"),
    path("clones/drafts/<int:pk>/app/", clone_drafts.clone_create, name="clone_create"),
    path("clones/drafts/<int:pk>/discard/", clone_drafts.clone_draft_discard_create, name="clone_draft_discard_create"),
    path("clones/drafts/<int:pk>/forecast/", clone_drafts.clone_forecast_create, name="clone_forecast_create"),
    path("clones/drafts/<int:pk>/<slug:step>/", clone_drafts.clone_draft_edit, name="clone_draft_edit"),
]
