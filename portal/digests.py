"""One mail a day for each person who has something new: at or after eight in their own morning, on their working days.

A digest is claimed first (one row for a person and day, its notifications tied to it), then sent under a lock on that row,
then marked. A crash after the claim is made good by the next run. A crash between the mail server's yes and our commit
cannot be told from one before it: then we send again, because a second copy is a nuisance and a missing one is a lost
app. Both copies carry the same Message-ID, by which mail servers drop the second."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import structlog
from django.db import connection, transaction

from portal import digest_mail
from portal.delegation import stand_ins
from portal.models import Digest, Notification, User
from portal.models.notification import NotificationQuerySet

LINKS: dict[str, Callable[[Notification, User], str]] = digest_mail.LINKS
RETRY_AFTER = timedelta(minutes=10)
STALE_AFTER = timedelta(days=1)
log = structlog.get_logger(__name__)

# PostgreSQL does the zone arithmetic: on the days when clocks change, eight o'clock is still eight o'clock.
DUE = """
SELECT person.id, (here.clock)::date
FROM portal_user person
CROSS JOIN LATERAL (SELECT timezone(person.time_zone, %(now)s::timestamptz) AS clock) here
WHERE person.is_active AND NOT person.is_service
  AND (here.clock)::time >= '08:00'
  AND extract(isodow FROM here.clock)::int = ANY(person.working_days)
  AND NOT EXISTS (SELECT FROM portal_digest d WHERE d.user_id = person.id AND d.day = (here.clock)::date)
  AND (person.id = ANY(%(stand_ins)s) OR person.id <> ALL(%(covered)s) AND EXISTS (
        SELECT FROM portal_notification n
        WHERE n.user_id = person.id AND n.digest_id IS NULL AND n.closed_at IS NULL AND n.created_at <= %(now)s))
ORDER BY person.id
"""
LOCAL_DAYS = """
SELECT id, timezone(time_zone, %(now)s::timestamptz)::date FROM portal_user WHERE id = ANY(%(people)s)
"""


def send_digests(*, now: datetime) -> int:
    """Send what is due, and what an earlier run claimed and did not send; returns how many mails went out."""
    release_stale(now=now)
    covers = covered(now)
    claimed = [digest for person, day in due(now, covers) if (digest := claim(person, day, covers, now=now))]
    late = Digest.objects.filter(sent_at=None, created_at__lt=now - RETRY_AFTER).values_list("pk", flat=True)
    return sum(send(pk, now=now) for pk in [*claimed, *late])


def covered(now: datetime) -> dict[int, int]:
    """Who is away today by their own calendar and has somebody standing in, as person to stand-in."""
    by_day = {day: stand_ins(day) for day in (now.date() + timedelta(days=shift) for shift in (-1, 0, 1))}
    people = list({person for found in by_day.values() for person in found})
    with connection.cursor() as cursor:
        cursor.execute(LOCAL_DAYS, {"now": now, "people": people})
        return {person: by_day[day][person] for person, day in cursor.fetchall() if person in by_day.get(day, {})}


def due(now: datetime, covers: dict[int, int]) -> list[tuple[int, date]]:
    """The people whose digest is due, with their day. One query for the whole house."""
    asked = waiting(now).filter(user__in=covers, asks=True).values_list("user", flat=True).distinct()
    wanted = {"now": now, "covered": list(covers), "stand_ins": list({covers[person] for person in asked})}
    with connection.cursor() as cursor:
        cursor.execute(DUE, wanted)  # type: ignore[arg-type]
        return cursor.fetchall()


def waiting(now: datetime) -> NotificationQuerySet:
    return Notification.objects.undigested().filter(created_at__lte=now)


@transaction.atomic
def claim(person: int, day: date, covers: dict[int, int], *, now: datetime) -> int | None:
    """Take a person's day and tie what waits to it; None when another run was first, or nothing waits any more."""
    digest = Digest(user_id=person, day=day, created_at=now)
    Digest.objects.bulk_create([digest], ignore_conflicts=True)
    row = Digest.objects.select_for_update(of=("self",)).get(user_id=person, day=day)
    if row.sent_at is not None or row.notifications.exists():
        return None
    taken = 0
    if person not in covers:
        taken += waiting(now).filter(user=person).update(digest=row)
    absent = [away for away, stand_in in covers.items() if stand_in == person]
    taken += waiting(now).filter(user__in=absent, asks=True).update(digest=row)
    if not taken:
        row.delete()
        return None
    return row.pk


def send(pk: int, *, now: datetime) -> bool:
    """Render and send one digest. The lock on its row keeps a second run from sending it at the same time."""
    with transaction.atomic():
        unsent = Digest.objects.filter(pk=pk, sent_at=None).select_related("user")
        digest = unsent.select_for_update(skip_locked=True, of=("self",)).first()
        if digest is None:
            return False
        try:
            sent = digest_mail.send(digest)
        except OSError as error:
            log.warning("digest not sent, tried again later", digest=pk, error=str(error))
            return False
        digest.sent_at = now
        digest.save(update_fields=["sent_at"])
        return sent


@transaction.atomic
def release_stale(*, now: datetime) -> None:
    """A digest that could not be sent for a day is given up; what it held goes into the next one."""
    stale = Digest.objects.filter(sent_at=None, created_at__lt=now - STALE_AFTER).select_for_update(skip_locked=True)
    gone = list(stale.values_list("pk", flat=True))
    Notification.objects.filter(digest__in=gone).update(digest=None)
    Digest.objects.filter(pk__in=gone).delete()
