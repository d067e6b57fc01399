"""The tables of this package, one file for each noun."""

from approvals.models.approval_request import ApprovalRequest
from approvals.models.decision import Decision
from approvals.models.impact import Impact, ImpactItem
from approvals.models.policy import Policy
from approvals.models.policy_check import PolicyCheck, PolicyStanding
from approvals.models.policy_version import PolicyVersion
from approvals.models.risk_assessment import RiskAssessment
from approvals.models.rule_version import RuleVersion
from approvals.models.violation import Violation

__all__ = [
    "ApprovalRequest",
    "Decision",
    "Impact",
    "ImpactItem",
    "Policy",
    "PolicyCheck",
    "PolicyStanding",
    "PolicyVersion",
    "RiskAssessment",
    "RuleVersion",
    "Violation",
]
