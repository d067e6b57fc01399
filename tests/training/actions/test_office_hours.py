"""Office hours: places, the waiting list, calling off; in the host's clock and the reader's zone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from icalendar import Calendar

from portal.models import Notification
from portal.models.user import Role
from portal.states import InvalidTransition
from tests.makers.portal import make_person
from training import calendar_feed
from training.actions import announcements, office_hours
from training.actions.office_hours import Terms
from training.models import Acknowledgement, OfficeHour
from training.states import BookingState

NOW = timezone.now()
pytestmark = pytest.mark.django_db


def offered(
    staff, *, capacity: int = 1, start: datetime | None = None, weeks: int = 1, now: datetime = NOW
) -> list[OfficeHour]:
    start = start or now + timedelta(days=2)
    terms = Terms("Bring your app", "Room 2", start, start + timedelta(minutes=45), capacity)
    return office_hours.offer(terms, by=staff, now=now, weeks=weeks)


def book(row, user, question=""):
    return office_hours.book(row, question=question, by=user, now=NOW)


def test_a_full_hour_has_a_waiting_list_and_the_first_of_it_moves_up(staff, owner, outsider, reviewer):
    (row,) = offered(staff)
    first, second, third = book(row, owner), book(row, outsider), book(row, reviewer)
    assert [one.state for one in (first, second, third)] == ["booked", "waiting", "waiting"]
    assert book(row, owner) == first  # a second click
    office_hours.cancel(first, by=owner, now=NOW)
    second.refresh_from_db()
    assert second.state == BookingState.BOOKED
    told = Notification.objects.get(user=outsider, kind="office_hour_place")
    assert told.params["topic"] == "Bring your app"
    assert book(row, owner).state == BookingState.WAITING  # behind those who waited


def test_calling_off_tells_everybody_and_takes_no_more_bookings(staff, owner, outsider):
    (row,) = offered(staff)
    book(row, owner)
    book(row, outsider)
    office_hours.call_off(row, by=staff, now=NOW)
    assert Notification.objects.filter(kind="office_hour_off").count() == 2
    with pytest.raises(InvalidTransition):
        book(row, make_person("New One"))
    with pytest.raises(InvalidTransition):
        office_hours.call_off(row, by=staff, now=NOW)


def test_what_has_begun_or_lies_behind_is_refused(staff, owner):
    with pytest.raises(InvalidTransition, match="still to come"):
        offered(staff, start=NOW - timedelta(minutes=1))
    (row,) = offered(staff)
    with pytest.raises(InvalidTransition, match="has begun"):
        office_hours.book(row, question="", by=owner, now=row.starts_at)
    with pytest.raises(PermissionDenied):
        offered(owner)


def test_a_weekly_hour_stays_at_its_time_of_the_hosts_clock_when_summer_ends(db):
    host = make_person("Ana Kovac", Role.STAFF, time_zone="Europe/Madrid")
    start = datetime(2027, 10, 26, 15, 0, tzinfo=host.zone)
    rows = offered(host, start=start, weeks=2, now=datetime(2027, 10, 1, tzinfo=UTC))
    assert [row.starts_at.astimezone(host.zone).hour for row in rows] == [15, 15]
    assert rows[1].starts_at.astimezone(UTC) - rows[0].starts_at.astimezone(UTC) == timedelta(days=7, hours=1)


def test_the_day_before_those_with_a_place_are_reminded_once(staff, owner, outsider):
    (row,) = offered(staff)
    book(row, owner)
    book(row, outsider)
    for ahead in (30, 25, 20):
        office_hours.remind(now=row.starts_at - timedelta(hours=ahead))
    assert list(Notification.objects.filter(kind="office_hour_soon").values_list("user", flat=True)) == [owner.pk]


def test_the_feed_holds_ones_own_hours_and_nothing_else(client, staff, owner):
    mine, other = offered(staff), offered(staff, start=NOW + timedelta(days=4))
    book(mine[0], owner)
    page = client.get(f"/office-hours/feed/{calendar_feed.token_for(owner)}/")
    events = Calendar.from_ical(page.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Office hour: Bring your app"]
    assert (
        events[0]["dtstart"].dt == mine[0].starts_at.replace(microsecond=0) and str(events[0]["status"]) == "CONFIRMED"
    )
    office_hours.call_off(mine[0], by=staff, now=NOW)
    (event,) = Calendar.from_ical(client.get(page.request["PATH_INFO"]).content).walk("VEVENT")
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 1)
    assert other and client.get("/office-hours/feed/1~forged/").status_code == 404


def test_news_ask_everybody_once_and_confirming_closes_it(staff, owner, outsider):
    row = announcements.publish(title="New rule", body="Text.", asks=True, ends_on=None, by=staff, now=NOW)
    announcements.acknowledge(row, by=owner, now=NOW)
    announcements.acknowledge(row, by=owner, now=NOW)
    assert Acknowledgement.objects.count() == 1
    still = Notification.objects.filter(kind="announcement_asks", closed_at=None).values_list("user", flat=True)
    assert owner.pk not in still and outsider.pk in still
    with pytest.raises(PermissionDenied):
        announcements.publish(title="Mine", body="Text.", asks=False, ends_on=None, by=owner, now=NOW)
