from datetime import datetime, timedelta
from typing import Any

from catalog.actions import incidents
from catalog.models import Incident, MicroApp
from portal.models import User


def make_incident(
    *apps: MicroApp, by: User, now: datetime, noticed: timedelta = timedelta(hours=2), **changes: Any
) -> Incident:
    """Reported at `now`, noticed so long before."""
    values = {
        "title": "Prices were visible",
        "text": "Everybody with the link saw them.",
        "severity": "high",
        **changes,
    }
    return incidents.report(**values, noticed_at=now - noticed, apps=apps, by=by, now=now)
