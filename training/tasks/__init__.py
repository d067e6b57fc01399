"""Periodic work of training; importing this package registers it."""

from training.tasks import nightly

__all__ = ["nightly"]
