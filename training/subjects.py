"""What training tells the packages below: who holds a certification, and what depends on a policy."""

from approvals import certification
from training import gates, policy_watch

certification.register(gates.titles_held)

__all__ = ["policy_watch"]
