from django.urls import path

from approvals.views.schemas import policy_input_schema

urlpatterns = [path("policy-input.json", policy_input_schema, name="policy_input_schema")]
