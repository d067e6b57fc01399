"""Records of approvals at /admin/."""

from approvals.admin import policies, requests, rules

__all__ = ["policies", "requests", "rules"]
