from django.urls import path

from catalog.views import incidents

urlpatterns = [
    path("incidents/", incidents.incident_list, name="incident_list"),
    path("incidents/new/", incidents.incident_create, name="incident_create"),
    path("incidents/<int:pk>/", incidents.incident_detail, name="incident_detail"),
    path("incidents/<int:pk>/notes/", incidents.incident_note_create, name="incident_note_create"),
    path("incidents/<int:pk>/cause/", incidents.incident_cause_create, name="incident_cause_create"),
    path("incidents/<int:pk>/lesson/", incidents.incident_lesson_create, name="incident_lesson_create"),
]
