from django.urls import path

from approvals.views.approver_groups import approver_group_create, approver_group_edit, approver_group_list
from approvals.views.bulk_decisions import bulk_decision_create
from approvals.views.comments import comment_create
from approvals.views.decisions import condition_confirmation_create, decision_create, hand_on_create, override_create
from approvals.views.exceptions import (
    exception_closing_create,
    exception_create,
    exception_detail,
    exception_edit,
    exception_export,
    exception_list,
    exception_renewal_create,
)
from approvals.views.fast_lane import fast_lane_list, verdict_create
from approvals.views.holiday_calendars import (
    holiday_calendar_create,
    holiday_calendar_edit,
    holiday_calendar_list,
    holiday_calendar_removal_create,
)
from approvals.views.impacts import impact_detail, impact_export
from approvals.views.policies import policy_by_id, policy_create, policy_detail, policy_list, policy_mode_create
from approvals.views.policy_imports import policy_import_create
from approvals.views.policy_versions import (
    policy_activation_create,
    policy_discard_create,
    policy_draft_edit,
    policy_impact_create,
    policy_proposal_create,
    policy_send_back_create,
    policy_test_create,
    policy_trial_create,
    policy_version_detail,
)
from approvals.views.request_lists import request_list
from approvals.views.requests import evidence_detail, message_preview, request_detail
from approvals.views.routes import route_detail, route_list
from approvals.views.rules import rule_set_detail, rule_set_list
from approvals.views.violations import violation_check_create, violation_detail, violation_list
from approvals.views.withdrawals import withdrawal_create

app_name = "approvals"
urlpatterns = [
    path("rules/", rule_set_list, name="rule_set_list"),
    path("rules/<slug:name>/", rule_set_detail, name="rule_set_detail"),
    path("routes/", route_list, name="route_list"),
    path("routes/<slug:kind>/<slug:tier>/", route_detail, name="route_detail"),
    path("groups/", approver_group_list, name="approver_group_list"),
    path("groups/new/", approver_group_create, name="approver_group_create"),
    path("groups/<slug:slug>/", approver_group_edit, name="approver_group_edit"),
    path("calendars/", holiday_calendar_list, name="holiday_calendar_list"),
    path("calendars/new/", holiday_calendar_create, name="holiday_calendar_create"),
    path("calendars/<int:pk>/", holiday_calendar_edit, name="holiday_calendar_edit"),
    path("calendars/<int:pk>/removal/", holiday_calendar_removal_create, name="holiday_calendar_removal_create"),
    path("policies/", policy_list, name="policy_list"),
    path("policies/new/", policy_create, name="policy_create"),
    path("policies/import/", policy_import_create, name="policy_import_create"),
    path("policies/by-id/<int:pk>/", policy_by_id, name="policy_by_id"),
    path("policies/<slug:slug>/", policy_detail, name="policy_detail"),
    path("policies/<slug:slug>/mode/", policy_mode_create, name="policy_mode_create"),
    path("policies/<slug:slug>/draft/", policy_draft_edit, name="policy_draft_edit"),
    *[
        path(f"policies/<slug:slug>/versions/<int:number>/{part}", view, name=name)
        for part, view, name in (
            ("", policy_version_detail, "policy_version_detail"),
            ("test/", policy_test_create, "policy_test_create"),
            ("trial/", policy_trial_create, "policy_trial_create"),
            ("impact/", policy_impact_create, "policy_impact_create"),
            ("proposal/", policy_proposal_create, "policy_proposal_create"),
            ("return/", policy_send_back_create, "policy_send_back_create"),
            ("activation/", policy_activation_create, "policy_activation_create"),
            ("discard/", policy_discard_create, "policy_discard_create"),
        )
    ],
    path("impacts/<int:pk>/", impact_detail, name="impact_detail"),
    path("impacts/<int:pk>/export/", impact_export, name="impact_export"),
    path("policies/<slug:slug>/exception/", exception_create, name="exception_create"),
    path("exceptions/", exception_list, name="exception_list"),
    path("exceptions/export/", exception_export, name="exception_export"),
    path("exceptions/<int:pk>/", exception_detail, name="exception_detail"),
    path("exceptions/<int:pk>/edit/", exception_edit, name="exception_edit"),
    path("exceptions/<int:pk>/renewal/", exception_renewal_create, name="exception_renewal_create"),
    path("exceptions/<int:pk>/closing/", exception_closing_create, name="exception_closing_create"),
    path("violations/", violation_list, name="violation_list"),
    path("violations/<int:pk>/", violation_detail, name="violation_detail"),
    path("violations/<int:pk>/check/", violation_check_create, name="violation_check_create"),
    path("together/", bulk_decision_create, name="bulk_decision_create"),
    path("fast-lane/", fast_lane_list, name="fast_lane_list"),
    path("", request_list, name="request_list"),
    path("<int:pk>/", request_detail, name="request_detail"),
    path("<int:pk>/decision/", decision_create, name="decision_create"),
    path("<int:pk>/message/", message_preview, name="message_preview"),
    path("<int:pk>/hand-on/", hand_on_create, name="hand_on_create"),
    path("<int:pk>/override/", override_create, name="override_create"),
    path("<int:pk>/comments/", comment_create, name="comment_create"),
    path(
        "<int:pk>/conditions/<int:condition>/confirmation/",
        condition_confirmation_create,
        name="condition_confirmation_create",
    ),
    path("<int:pk>/evidence/", evidence_detail, name="evidence_detail"),
    path("<int:pk>/verdict/", verdict_create, name="verdict_create"),
    path("<int:pk>/withdrawal/", withdrawal_create, name="withdrawal_create"),
]
