from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from portal.templatetags import dates

NOW = datetime(2026, 12, 12, 12, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (2, "in 2 days"), (90, "in 90 days"), (-41, "41 days ago")],
)
def test_distance_in_days(days, words):
    assert dates.days_between(TODAY + timedelta(days=days), TODAY) == words


def test_a_date_says_both():
    html = dates.when(date(2027, 3, 12), now=NOW)
    assert html == '<time datetime="2027-03-12">12 March 2027, in 90 days</time>'


def test_a_moment_is_told_in_the_readers_zone():
    with timezone.override("Europe/Madrid"):
        html = dates.when(datetime(2026, 12, 11, 23, 30, tzinfo=UTC), now=NOW)
    assert html == '<time datetime="2026-12-12T00:30+01:00">12 December 2026, 00:30, 12 hours ago</time>'


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(hours=20), "yesterday"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=-3), "in 3 days"),
    ],
)
def test_distance_of_a_moment(before, words):
    assert dates.since(NOW - before, NOW) == words


def test_nothing_is_said_plainly():
    assert "none" in dates.when(None)
    assert "never" in dates.ago(None)


@pytest.mark.parametrize(
    ("days", "text", "tone"),
    [
        (31, "31 days left", "mute"),
        (30, "30 days left", "warn"),
        (14, "14 days left", "warn"),
        (13, "13 days left", "bad"),
        (1, "1 day left", "bad"),
        (0, "Ends today", "bad"),
        (-1, "Ended 1 day ago", "bad"),
    ],
)
def test_the_count_down_changes_tone(days, text, tone):
    badge = dates.days_left(TODAY + timedelta(days=days), TODAY)
    assert (badge["text"], badge["tone"]) == (text, tone)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 minutes"), (59, "0 minutes"), (60, "1 minute"), (3_600, "1 hour"), (90_000, "1 day"), (-5, "0 minutes")],
)
def test_how_long_something_took(seconds, text):
    assert dates.lasting(timedelta(seconds=seconds)) == text


def test_what_is_not_over_took_no_time():
    assert dates.lasting(None) == ""
