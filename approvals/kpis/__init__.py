"""What the approvals measure, one file for each thing; importing this package registers all of it."""

from approvals.kpis import requests, violations

__all__ = ["requests", "violations"]
