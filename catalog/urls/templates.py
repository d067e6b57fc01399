from django.urls import path

from catalog.views.marketplace import ratings, template_details, template_lists

urlpatterns = [
    path("templates/", template_lists.template_list, name="template_list"),
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
