from django.urls import path

from approvals.views.decisions import decision_create
from approvals.views.requests import request_detail, request_list
from approvals.views.withdrawals import withdrawal_create

app_name = "approvals"
urlpatterns = [
    path("", request_list, name="request_list"),
    path("<int:pk>/", request_detail, name="request_detail"),
    path("<int:pk>/decision/", decision_create, name="decision_create"),
    path("<int:pk>/withdrawal/", withdrawal_create, name="withdrawal_create"),
]
