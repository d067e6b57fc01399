"""Celery's doors of the catalog, one file for each noun."""

from catalog.tasks import sweeps

__all__ = ["sweeps"]
