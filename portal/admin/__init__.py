"""Records of the floor at /admin/: for look-up and repair. Daily work with people is in the console."""

from portal.admin import absences, board, business_units, cost_centres, events, people, work

__all__ = ["absences", "board", "business_units", "cost_centres", "events", "people", "work"]
