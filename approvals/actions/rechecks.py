"""Asking for things to be checked again, in the transaction of what made it necessary. The work is a job."""

from datetime import datetime

from approvals.models import Policy
from portal import jobs


def ask_recheck(policy: Policy, *, now: datetime) -> None:
    """Check every live thing by this policy again, because the policy changed."""
    jobs.enqueue("approvals.recheck_policy", policy_id=policy.pk, key=f"recheck:{policy.pk}:{now.isoformat()}")
