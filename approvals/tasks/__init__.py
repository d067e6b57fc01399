"""Job bodies and periodic tasks, one file for each noun; importing this package registers them all."""

from approvals.tasks import checks, exceptions, impacts, requests, stages

__all__ = ["checks", "exceptions", "impacts", "requests", "stages"]
