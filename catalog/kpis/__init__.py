"""What the catalog measures, one file for each thing it measures; importing this package registers all of it."""

from catalog.kpis import incidents, lifecycle, marketplace, portfolio

__all__ = ["incidents", "lifecycle", "marketplace", "portfolio"]
