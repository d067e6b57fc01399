"""Job bodies and periodic tasks, one file for each noun; importing this package registers them all."""

from approvals.tasks import checks, requests, stages

__all__ = ["checks", "requests", "stages"]
