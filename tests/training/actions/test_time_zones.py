"""A deadline is a day of the learner's own clock, wherever the server stands."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from portal.models import Notification
from tests.makers.portal import make_person
from tests.makers.training import make_course
from training.actions import awards, enrolments, reminders

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 10)
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["Pacific/Auckland", "UTC", "Pacific/Honolulu"])
def learner(request, db):
    return make_person("Far Away", time_zone=request.param)


def told(learner) -> list[str]:
    keys = (
        Notification.objects.filter(user=learner, kind="course_due")
        .order_by("created_at")
        .values_list("key", flat=True)
    )
    return [key.rpartition(":")[2] for key in keys]


def test_nobody_is_late_before_their_own_midnight(learner, staff):
    midnight = datetime.combine(DUE + timedelta(days=1), time(), tzinfo=learner.zone).astimezone(UTC)
    start = midnight - timedelta(days=30)
    enrolments.assign(make_course(), [learner], due_on=DUE, reason="All.", by=staff, now=start)
    reminders.remind_due(now=midnight - MINUTE)
    assert told(learner) == ["1"]
    reminders.remind_due(now=midnight + MINUTE)
    assert told(learner) == ["1", "-1"]


def test_a_term_ends_with_the_learners_day(learner):
    begun = datetime(2026, 3, 1, 11, 30, tzinfo=UTC)
    end = awards.end_of_term(learner, begun, 14)
    assert learner.local_date(end) == learner.local_date(begun) + timedelta(days=14)
    assert learner.local_date(end + MINUTE) == learner.local_date(end) + timedelta(days=1)
