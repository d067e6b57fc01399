from django.urls import path

from approvals.views.decisions import decision_create
from approvals.views.policies import policy_by_id, policy_detail, policy_list
from approvals.views.requests import request_detail, request_list
from approvals.views.rules import rule_set_detail, rule_set_list
from approvals.views.violations import violation_detail, violation_list
from approvals.views.withdrawals import withdrawal_create

app_name = "approvals"
urlpatterns = [
    path("rules/", rule_set_list, name="rule_set_list"),
    path("rules/<slug:name>/", rule_set_detail, name="rule_set_detail"),
    path("policies/", policy_list, name="policy_list"),
    path("policies/by-id/<int:pk>/", policy_by_id, name="policy_by_id"),
    path("policies/<slug:slug>/", policy_detail, name="policy_detail"),
    path("violations/", violation_list, name="violation_list"),
    path("violations/<int:pk>/", violation_detail, name="violation_detail"),
    path("", request_list, name="request_list"),
    path("<int:pk>/", request_detail, name="request_detail"),
    path("<int:pk>/decision/", decision_create, name="decision_create"),
    path("<int:pk>/withdrawal/", withdrawal_create, name="withdrawal_create"),
]
