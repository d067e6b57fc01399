"""What training tells the packages below: who holds a certification, what depends on a policy, and what a
violation leads to."""

from approvals import certification
from training import gates, policy_watch, violation_lessons

certification.register(gates.titles_held, gates.record)

__all__ = ["policy_watch", "violation_lessons"]
