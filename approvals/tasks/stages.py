"""Every hour: reminders, stand-ins and escalation of what waits for a decision."""

from datetime import datetime, timedelta

from celery import shared_task

from approvals.actions.attendance import attend_all
from portal import slots


@shared_task(name="approvals.attend_stages")
@slots.each_slot("approvals.attend_stages", timedelta(hours=1))
def attend_stages(*, now: datetime) -> None:
    attend_all(now=now)
