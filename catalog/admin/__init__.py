"""Records of the catalog at /admin/: apps and connectors may be repaired, what happened to them may not."""

from catalog.admin import apps, findings, happenings, marketplace, sweeps

__all__ = ["apps", "findings", "happenings", "marketplace", "sweeps"]
