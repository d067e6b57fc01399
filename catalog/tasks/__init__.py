"""Job bodies and periodic tasks, one file for each noun; importing this package registers them all."""

from catalog.tasks import imports, sweeps

__all__ = ["imports", "sweeps"]
