from datetime import UTC, datetime, timedelta

import pytest

from portal import notifications
from portal.models import Notification

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def tell(person, count, kind="job_failed", **details):
    for number in range(count):
        notifications.notify(
            person, kind, key=f"{kind} {number}", params={"title": f"Import {number}", "error": "No rows."}, **details
        )


@pytest.fixture
def reading(client, owner):
    client.force_login(owner)
    return client


def test_new_ones_come_first_by_day_with_the_reason_and_the_setting(reading, owner):
    tell(owner, 1, now=NOW, url="/help/")
    tell(owner, 1, "job_done", now=NOW + timedelta(days=1))
    Notification.objects.filter(kind="job_done").update(read_at=NOW)
    page = reading.get("/notifications/")
    assert [(day.is_new, day.day.day) for day in page.context["days"]] == [(True, 23), (False, 24)]
    for part in (
        "Import 0: failed",
        "No rows.",
        "You started it.",
        "/preferences/#notifications",
        "See what went wrong",
    ):
        assert part in page.text


def test_days_are_the_readers(reading, owner):
    owner.time_zone = "Pacific/Auckland"
    owner.save()
    tell(owner, 1, now=NOW + timedelta(hours=4))
    assert reading.get("/notifications/").context["days"][0].day.day == 24


def test_marking_one_and_all_as_read(reading, owner, outsider):
    tell(owner, 3)
    tell(outsider, 1)
    first = Notification.objects.of(owner).first()
    url = f"/notifications/{first.pk}/reading/"
    assert reading.get(url).status_code == 405
    assert reading.post(url, {"kind": "job_failed"}).url == "/notifications/?kind=job_failed"
    assert Notification.objects.of(owner).unread().count() == 2
    assert reading.post("/notifications/readings/").status_code == 303
    assert Notification.objects.of(owner).unread().count() == 0
    theirs = Notification.objects.of(outsider).get()
    assert reading.post(f"/notifications/{theirs.pk}/reading/").status_code == 404
    assert Notification.objects.of(outsider).unread().count() == 1


@pytest.mark.parametrize(
    ("url", "goes"), [("/help/", "/help/"), ("https://evil.example/", "/notifications/"), ("", "/notifications/")]
)
def test_opening_one_marks_it_as_read_and_stays_on_this_site(reading, owner, url, goes):
    tell(owner, 1, url=url)
    found = Notification.objects.get()
    assert reading.post(f"/notifications/{found.pk}/reading/", {"open": "1"}).url == goes
    assert Notification.objects.get().read_at


def test_the_list_is_narrowed_by_kind(reading, owner):
    tell(owner, 1)
    tell(owner, 1, "job_done")
    assert "Import 0: failed" not in reading.get("/notifications/", {"kind": "job_done"}).text
    assert "Import 0: failed" in reading.get("/notifications/", {"kind": "nonsense"}).text


def test_a_kind_that_is_gone_breaks_nothing(reading, owner):
    tell(owner, 1)
    Notification.objects.update(kind="long_gone")
    assert reading.get("/notifications/").status_code == 200


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_costs_the_same_for_3_and_300(reading, owner, rows, django_assert_num_queries):
    tell(owner, rows)
    reading.get("/notifications/")
    with django_assert_num_queries(7):
        assert reading.get("/notifications/").status_code == 200


def test_pages_follow_each_other_across_new_and_read(reading, owner):
    tell(owner, 120)
    half = Notification.objects.order_by("pk").values_list("pk", flat=True)[:70]
    Notification.objects.filter(pk__in=list(half)).update(read_at=NOW)
    found, url = [], "/notifications/"
    while url:
        page = reading.get(url).context["page"]
        found += [row.pk for row in page.rows]
        url = f"/notifications/?after={page.next}" if page.next else ""
    assert found == list(Notification.objects.new_first().values_list("pk", flat=True))
