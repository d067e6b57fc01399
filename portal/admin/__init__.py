"""Records of the floor at /admin/: for look-up and repair. Daily work with people is in the console."""

from portal.admin import absences, business_units, cost_centres, events, people, work

__all__ = ["absences", "business_units", "cost_centres", "events", "people", "work"]
