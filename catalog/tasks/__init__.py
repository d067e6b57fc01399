"""Job bodies and periodic tasks, one file for each noun; importing this package registers them all."""

from catalog.tasks import clones, deliveries, imports, marketplace, sweeps, upgrades

__all__ = ["clones", "deliveries", "imports", "marketplace", "sweeps", "upgrades"]
