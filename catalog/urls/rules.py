from django.urls import path

from catalog.views import rules

urlpatterns = [
    path("console/rules/", rules.rule_list, name="rule_list"),
    path("console/rules/<slug:key>/", rules.rule_detail, name="rule_detail"),
]
