"""What beat sends and how often, in seconds. A daily task stands here every few minutes too: see `portal.slots`."""

from typing import Any

SCHEDULE: dict[str, int] = {
    "portal.heartbeat": 10,
    "portal.drain_jobs": 10,
    "catalog.sweeps": 300,
    "catalog.tell_of_versions": 300,
    "approvals.nightly": 300,
    "approvals.expire_requests": 300,
    "approvals.attend_stages": 300,
    "approvals.end_exceptions": 300,
    "training.nightly": 300,
    "training.hand_in_overdue": 60,
    "portal.seal_audit": 60,
    "portal.take_readings": 300,
    "portal.send_digests": 300,
}


def beat_entries() -> dict[str, dict[str, Any]]:
    """The schedule in Celery's words. A message that no worker took in time is dropped, so that none pile up."""
    return {
        name: {"task": name, "schedule": float(seconds), "options": {"expires": seconds}}
        for name, seconds in SCHEDULE.items()
    }
