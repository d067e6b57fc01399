"""Once a day: reminders, badges that rest, newcomers; and every minute attempts whose time ran out."""

from datetime import datetime, timedelta

from celery import shared_task
from django.utils import timezone

from portal import slots
from training.actions import assignments, attempts, office_hours, recertifications, reminders


@shared_task(name="training.nightly")
@slots.each_slot("training.nightly", timedelta(days=1))
def nightly(*, now: datetime) -> None:
    recertifications.suspend_overdue(now=now)
    assignments.reach_newcomers(now=now)
    reminders.remind_ends(now=now)
    reminders.remind_due(now=now)
    office_hours.remind(now=now)


@shared_task(name="training.hand_in_overdue")
def hand_in_overdue() -> None:
    attempts.hand_in_overdue(now=timezone.now())
