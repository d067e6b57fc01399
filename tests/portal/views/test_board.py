"""The board's pages: what they show comes from readings, who may see what, files, reports that never change."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from catalog.states import AppState
from portal import board_month
from portal.actions import readings
from portal.models import AuditEvent, BoardSnapshot, BusinessUnit, Digest, KpiReading, KpiTarget, Notification
from portal.models.kpi_reading import ReadingKind
from portal.months import month_of, shifted
from tests.makers.catalog import make_app
from tests.makers.portal import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def this_month(now):
    return month_of(readings.today_of(now))


@pytest.fixture
def north():
    return BusinessUnit.objects.create(name="North", code="north", parent=make_unit("Stores", code="stores"))


@pytest.fixture
def lived(owner, second_owner, staff, north, now, this_month):
    """Three apps that went live last month in one unit, one this month in another, all read."""
    last = datetime.combine(shifted(this_month, -1), datetime.min.time(), tzinfo=UTC) + timedelta(days=3)
    for number in range(3):
        make_app(
            f"=Old {number}",
            owner=owner,
            second_owner=second_owner,
            business_unit=north,
            now=last,
            slug=f"old-{number}",
        )
    make_app("New", owner=owner, second_owner=second_owner, now=now - timedelta(seconds=9))
    readings.backfill(shifted(this_month, -2), this_month, by=staff, reason="History", now=now)
    readings.take(now=now)


def text(client, url):
    return client.get(url).content.decode()


def main(page):
    return page.partition("<main")[2].partition("</main>")[0]


def test_the_page_costs_the_same_for_one_unit_and_many(client, board_member, lived, django_assert_num_queries):
    client.force_login(board_member)
    client.get(reverse("board_detail"))
    with django_assert_num_queries(10):
        client.get(reverse("board_detail"))
    for number in range(9):
        make_unit(f"Unit {number}")
    with django_assert_num_queries(10):
        page = client.get(reverse("board_detail")).content.decode()
    assert page.count('class="tile"') >= 4


def test_without_a_reading_it_says_so_and_shows_no_zero(client, board_member):
    client.force_login(board_member)
    page = text(client, reverse("board_detail"))
    assert "Nothing has been read yet" in page and "not known" in page and "was not read" in page


def test_months_and_units_are_chosen_in_the_address(client, board_member, lived, this_month, north):
    client.force_login(board_member)
    page = lambda **query: client.get(reverse("kpi_detail", args=["catalog-sanctioned"]), query)  # noqa: E731
    month = f"{this_month:%Y-%m}"
    assert page(period=month).context["figure"].sums.records == 4
    assert page(period=f"{shifted(this_month, -1):%Y-%m}").context["figure"].sums.records == 3
    assert page(period=f"{shifted(this_month, -2):%Y-%m}").context["figure"].value is None  # nothing to measure yet
    assert page(period=month, unit=north.pk).context["figure"].sums.records == 3
    assert page(period=month, unit=north.parent_id).context["figure"].sums.records == 3
    assert page(period="nonsense", compare="x", as_of="2026-99-99").status_code == 200
    assert page(unit="999999").status_code == 404 and page(unit="x").status_code == 404
    assert client.get(reverse("kpi_detail", args=["nothing"])).status_code == 404


def test_the_records_are_those_behind_the_number(client, board_member, lived, this_month):
    client.force_login(board_member)
    url = reverse("kpi_detail", args=["catalog-delivery"])
    page = client.get(url, {"period": f"{shifted(this_month, -1):%Y-%m}"})
    assert [record.title for record, _facts in page.context["records"]] == ["=Old 0", "=Old 1", "=Old 2"]
    assert page.context["differs"] == ""
    body = b"".join(
        client.get(reverse("kpi_export", args=["catalog-delivery"]), {"period": f"{shifted(this_month, -1):%Y-%m}"})
    )
    lines = body.decode().splitlines()
    assert len(lines) == 4 and lines[1].startswith("'=Old 0,/apps/old-0/")  # no formula


def test_records_that_came_after_the_reading_are_said(
    client, board_member, lived, owner, second_owner, now, this_month
):
    make_app("Late", owner=owner, second_owner=second_owner, now=now - timedelta(seconds=3))
    client.force_login(board_member)
    page = client.get(reverse("kpi_detail", args=["marketplace-templates"]), {"period": f"{this_month:%Y-%m}"})
    assert page.context["differs"] == ""  # none of them is a clone: the figure is the same
    page = client.get(reverse("kpi_detail", args=["catalog-from-template"]), {"period": f"{this_month:%Y-%m}"})
    assert page.status_code == 200 and len(page.context["records"]) == 2


def test_a_unit_lead_sees_the_unit_and_no_other(client, outsider, lived, north):
    client.force_login(outsider)
    assert client.get(reverse("board_detail")).status_code == 403
    stores = BusinessUnit.objects.get(code="stores")
    BusinessUnit.objects.filter(pk=stores.pk).update(lead=outsider)
    page = client.get(reverse("board_detail"))
    assert page.context["seen"].unit == stores and {one.pk for one in page.context["seen"].choices} == {
        stores.pk,
        north.pk,
    }
    for name, args in (("board_detail", []), ("kpi_detail", ["catalog-reuse"]), ("board_export", [])):
        assert client.get(reverse(name, args=args), {"unit": north.pk}).status_code == 200
        assert client.get(reverse(name, args=args), {"unit": make_unit("Retail").pk}).status_code == 403
    assert client.get(reverse("board_report_list")).status_code == 403
    client.post(reverse("board_report_create") + f"?unit={north.pk}")
    assert client.get(BoardSnapshot.objects.get().get_absolute_url()).status_code == 200
    assert client.post(reverse("board_report_create") + f"?unit={make_unit('Retail').pk}").status_code == 403


def test_numbers_as_files(client, board_member, lived):
    client.force_login(board_member)
    body = b"".join(client.get(reverse("board_export"))).decode()
    assert "Sanctioned share,100.0,%,4.0,4.0,4," in body
    xlsx = client.get(reverse("board_export"), {"format": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(xlsx.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "<v>100</v>" in sheet
        assert "Sanctioned share" in book.read("xl/sharedStrings.xml").decode()


class TestReports:
    def test_a_report_stays_as_it_was(self, client, board_member, lived, owner, second_owner, now):
        client.force_login(board_member)
        assert client.get(reverse("board_report_create")).status_code == 405
        client.post(reverse("board_report_create"))
        made = BoardSnapshot.objects.get()
        before = text(client, made.get_absolute_url())
        assert made.number in before and "Sanctioned share" in before
        make_app("Another", owner=owner, second_owner=second_owner, now=now)
        readings.take(now=now + timedelta(hours=1))
        assert main(text(client, made.get_absolute_url())) == main(before)
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            BoardSnapshot.objects.update(span="x")
        assert made.number in text(client, reverse("board_report_list"))
        assert AuditEvent.objects.filter(verb="portal.board_report_made").count() == 1

    def test_a_month_that_settled_is_reported_once_to_the_board(self, board_member, outsider, staff):
        readings.take(now=datetime(2026, 10, 20, tzinfo=UTC))
        assert board_month.report(now=datetime(2026, 10, 25, tzinfo=UTC)) is None
        for day in (2, 5, 6):
            now = datetime(2026, 11, day, tzinfo=UTC)
            readings.take(now=now)
            board_month.report(now=now)
        made = BoardSnapshot.objects.get()
        assert (made.span, made.by) == ("2026-10", None)
        assert list(Notification.objects.filter(kind="board_report").values_list("user", flat=True)) == [
            board_member.pk
        ]
        assert not Digest.objects.exists()


class TestKeeping:
    def test_a_target_is_set_with_a_reason(self, client, board_member, owner, lived):
        url = reverse("kpi_target_create", args=["catalog-reuse"])
        client.force_login(owner)
        assert client.get(url).status_code == 403 and client.post(url, {"value": "5", "reason": "x"}).status_code == 403
        client.force_login(board_member)
        assert client.post(url, {"value": "a", "reason": ""}).status_code == 422
        assert client.post(url, {"value": "70", "reason": "We can do better"}).status_code == 303
        assert KpiTarget.objects.get().value == 70
        page = text(client, reverse("kpi_detail", args=["catalog-reuse"]))
        assert "Target 70%" in page and "We can do better" in page

    def test_a_frozen_month_is_corrected_on_its_page(self, client, staff, owner, second_owner, lived, this_month):
        last = shifted(this_month, -1)
        url = reverse("kpi_correction_create", args=["catalog-sanctioned", last.year, last.month])
        client.force_login(staff)
        assert client.post(url, {"reason": "x"}).status_code == 422  # nothing differs
        at = datetime.combine(last, datetime.min.time(), tzinfo=UTC) + timedelta(days=5)
        app = make_app("Forgotten", owner=owner, second_owner=second_owner, now=at)
        assert client.post(url, {"reason": "It was forgotten."}).status_code == 303
        row = KpiReading.objects.of_unit(None).get(kind=ReadingKind.CORRECTION)
        assert (row.part, row.corrects.part) == (4, 3) and app.state == AppState.ACTIVE
        page = text(client, reverse("kpi_detail", args=["catalog-sanctioned"]) + f"?period={last:%Y-%m}")
        assert "It was forgotten." in page and "Frozen, and corrected" in page
        assert client.get(reverse("kpi_correction_create", args=["catalog-reuse", 2026, 13])).status_code == 404
