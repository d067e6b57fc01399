"""Once a day: exceptions whose last day has passed end, and those that end soon are warned of."""

from datetime import datetime, timedelta

from celery import shared_task

from approvals.actions.exceptions import run_out
from portal import slots


@shared_task(name="approvals.end_exceptions")
@slots.each_slot("approvals.end_exceptions", timedelta(days=1))
def end_exceptions(*, now: datetime) -> None:
    run_out(now=now)
