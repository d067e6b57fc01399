"""The tables of this package, one file for each noun."""

from approvals.models.approval_request import ApprovalRequest
from approvals.models.approver_group import ApproverGroup
from approvals.models.comment import Comment
from approvals.models.condition import Condition
from approvals.models.decision import Decision
from approvals.models.fast_lane_pass import FastLanePass
from approvals.models.holiday_calendar import HolidayCalendar, HolidayDay
from approvals.models.impact import Impact, ImpactItem
from approvals.models.policy import Policy
from approvals.models.policy_check import PolicyCheck, PolicyStanding
from approvals.models.policy_exception import PolicyException
from approvals.models.policy_version import PolicyVersion
from approvals.models.request_stage import Assignment, RequestStage
from approvals.models.risk_assessment import RiskAssessment
from approvals.models.route import RouteVersion
from approvals.models.rule_version import RuleVersion
from approvals.models.violation import Violation

__all__ = [
    "ApprovalRequest",
    "ApproverGroup",
    "Assignment",
    "Comment",
    "Condition",
    "Decision",
    "FastLanePass",
    "HolidayCalendar",
    "HolidayDay",
    "Impact",
    "ImpactItem",
    "Policy",
    "PolicyCheck",
    "PolicyException",
    "PolicyStanding",
    "PolicyVersion",
    "RequestStage",
    "RiskAssessment",
    "RouteVersion",
    "RuleVersion",
    "Violation",
]
