from django.urls import path

from catalog.views.answers import answer

urlpatterns = [path("answers/<str:token>/", answer, name="answer")]
