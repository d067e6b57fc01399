from django.urls import path

from catalog.views.marketplace import collections, ratings, template_details, template_lists, wishes

urlpatterns = [
    path("templates/", template_lists.template_list, name="template_list"),
    path("templates/wishes/", wishes.wish_list, name="wish_list"),
    path("templates/wishes/new/", wishes.wish_create, name="wish_create"),
    path("templates/wishes/<int:pk>/", wishes.wish_detail, name="wish_detail"),
    path("templates/wishes/<int:pk>/vote/", wishes.wish_vote_create, name="wish_vote_create"),
    path("templates/wishes/<int:pk>/answer/", wishes.wish_answer_create, name="wish_answer_create"),
    path("templates/collections/new/", collections.collection_create, name="collection_create"),
    path("templates/collections/<slug:slug>/", collections.collection_detail, name="collection_detail"),
    path("templates/collections/<slug:slug>/edit/", collections.collection_edit, name="collection_edit"),
    path(
        "templates/collections/<slug:slug>/removal/",
        collections.collection_removal_create,
        name="collection_removal_create",
    ),
    path("templates/authors/<int:pk>/", collections.template_author_detail, name="template_author_detail"),
    path("templates/by-id/<int:pk>/", template_details.template_by_id, name="template_by_id"),
    path("templates/<slug:slug>/", template_details.template_detail, name="template_detail"),
    path("templates/<slug:slug>/rating/", ratings.rating_create, name="rating_create"),
    path("templates/<slug:slug>/rating/removal/", ratings.rating_delete, name="rating_delete"),
    path(
        "templates/<slug:slug>/versions/<str:number>/pictures/<int:index>/",
        template_details.template_picture_detail,
        name="template_picture_detail",
    ),
]
