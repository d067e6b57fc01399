from approvals.models.approval_request import ApprovalRequest
from approvals.models.decision import Decision

__all__ = ["ApprovalRequest", "Decision"]
