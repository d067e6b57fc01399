from django.urls import path

from catalog.views import connector_proposals, connectors

urlpatterns = [
    path("connectors/", connectors.connector_list, name="connector_list"),
    path("connectors/new/", connectors.connector_create, name="connector_create"),
    path("connectors/proposal/", connector_proposals.connector_proposal_create, name="connector_proposal_create"),
    path("connectors/by-id/<int:pk>/", connectors.connector_by_id, name="connector_by_id"),
    path("connectors/<slug:slug>/", connectors.connector_detail, name="connector_detail"),
    path(
        "connectors/<slug:slug>/proposal/",
        connector_proposals.connector_proposal_edit,
        name="connector_proposal_edit",
    ),
    path("connectors/<slug:slug>/edit/", connectors.connector_edit, name="connector_edit"),
    path("connectors/<slug:slug>/block/", connectors.connector_block_create, name="connector_block_create"),
    path("connectors/<slug:slug>/approval/", connectors.connector_approval_create, name="connector_approval_create"),
]
