import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from portal import audit, sealing
from portal.models import AuditEvent
from tests.makers.catalog import NOW, make_app

pytestmark = pytest.mark.django_db
LIST = "/audit/"


def write(person, count, **details):
    audit.record_many(
        audit.event("portal.person_changed", person, by=person, reason=f"Reason {n}.", **details) for n in range(count)
    )


@pytest.fixture
def reading(client, auditor):
    client.force_login(auditor)
    return client


def shown(response):
    return [event.pk for event in response.context["events"]]


@pytest.mark.parametrize("page", [LIST, "/audit/export/", "/audit/1/"])
def test_only_auditors_staff_and_administrators_read_the_log(client, page, owner, staff, auditor, admin, reviewer):
    write(owner, 1)
    page = page.replace("1", str(AuditEvent.objects.get().pk))
    for person, status in ((owner, 403), (reviewer, 403), (staff, 200), (auditor, 200), (admin, 200)):
        client.force_login(person)
        assert client.get(page).status_code == status


@pytest.mark.parametrize("events", [3, 300])
def test_the_list_costs_the_same_for_3_and_300_events(reading, owner, events, django_assert_num_queries):
    write(owner, events, changes={"name": ["A", "B"]})
    reading.get(LIST)
    with django_assert_num_queries(7):
        assert reading.get(LIST).status_code == 200


def test_every_page_follows_the_one_before_without_a_gap(reading, owner):
    write(owner, 120)
    found, url = [], LIST
    while url:
        page = reading.get(url)
        found += shown(page)
        after = page.context["page"].next
        url = f"{LIST}?after={after}" if after else ""
    assert found == sorted(AuditEvent.objects.values_list("pk", flat=True), reverse=True)
    second = reading.get(LIST, {"after": reading.get(LIST).context["page"].next})
    assert shown(reading.get(LIST, {"before": second.context["page"].previous})) == found[:50]


@pytest.mark.parametrize("mangled", ["x", "-1", "9" * 30, "", "1e5", "٣"])
def test_a_mangled_cursor_shows_a_page(reading, owner, mangled):
    write(owner, 3)
    assert reading.get(LIST, {"after": mangled}).status_code == 200
    assert reading.get(LIST, {"before": mangled}).status_code == 200


def test_filters_narrow_by_text_verb_actor_kind_and_run(reading, owner, second_owner):
    app = make_app("Shift swap", owner=owner, second_owner=second_owner)
    audit.record("catalog.app_changed", app, by=owner, run_id=7)
    audit.record("portal.person_changed", owner, by=second_owner)

    def verbs(**query):
        return sorted(AuditEvent.objects.get(pk=pk).verb for pk in shown(reading.get(LIST, query)))

    assert {"catalog.app_approved", "catalog.app_changed", "catalog.app_submitted"} <= set(verbs(q="shift"))
    assert not any(verb.startswith("portal.") for verb in verbs(q="shift"))
    assert verbs(verb="catalog.app_changed") == ["catalog.app_changed"]
    assert verbs(actor="ruiz") == ["portal.person_changed"]
    assert verbs(kind="portal.user") == ["portal.person_changed"]
    assert verbs(run="7") == ["catalog.app_changed"]
    assert verbs(q="shift", actor="ruiz") == []


def test_days_are_days_of_the_reader(reading, auditor, owner):
    auditor.time_zone = "Pacific/Auckland"
    auditor.save()
    event = audit.record("portal.person_changed", owner, by=None, now=datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    assert shown(reading.get(LIST, {"since": "2026-11-23", "until": "2026-11-23"})) == [event.pk]
    assert shown(reading.get(LIST, {"since": "2026-11-22", "until": "2026-11-22"})) == []


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"since": "2026-13-01"}, "Enter a valid date"),
        ({"since": "0001-01-01"}, "Write a year such as"),
        ({"until": "9999-12-31"}, "Write a year such as"),
        ({"since": "2026-02-02", "until": "2026-01-01"}, "The last day is before the first"),
        ({"verb": "nonsense"}, "nonsense is not one of the available choices"),
        ({"run": "99999999999999999999"}, "Ensure this value is less than"),
    ],
)
def test_a_filter_that_makes_no_sense_is_said_and_left_out(reading, owner, query, says):
    write(owner, 1)
    response = reading.get(LIST, query)
    assert response.status_code == 200
    assert says in response.text


def test_a_nul_byte_is_no_error(reading, owner):
    write(owner, 1)
    assert reading.get(LIST, {"q": "a\x00b", "actor": "\x00"}).status_code == 200


def test_htmx_gets_the_table_alone(reading, owner):
    write(owner, 1)
    text = reading.get(LIST, headers={"HX-Request": "true"}).text
    assert text.startswith('<section class="panel" id="audit_event_table"')


def test_the_csv_holds_what_is_filtered_and_no_formula(reading, owner, second_owner):
    write(owner, 2_100)
    audit.record("portal.person_changed", second_owner, by=None, reason='=HYPERLINK("http://x")', now=NOW)
    response = reading.get("/audit/export/", {"actor": "Trellis"})
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 1
    assert rows[0]["reason"] == '\'=HYPERLINK("http://x")'
    assert rows[0]["what"] == "Changed"
    every = reading.get("/audit/export/").getvalue().decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(every)))) == 2_101


def test_the_json_lines_are_the_rows_that_were_sealed(reading, owner):
    write(owner, 2, changes={"name": ["A", "B"]})
    sealing.seal()
    response = reading.get("/audit/export/", {"format": "jsonl", "kind": "portal.user"})
    records = [json.loads(line) for line in response.getvalue().splitlines()]
    assert [record["changes"] for record in records] == [{"name": ["A", "B"]}] * 2
    sealed = [digest for seal in sealing.seals() for _number, digest in seal.entries]
    assert [sealing.row_digest(record) for record in reversed(records)] == sealed


def test_an_event_says_in_which_block_it_is_sealed(reading, owner):
    event = audit.record(
        "portal.person_changed", owner, by=owner, reason="Why.", changes={"name": ["A", "B"]}, facts={"source": "form"}
    )
    page = reverse("audit_event_detail", args=[event.pk])
    assert "Waits for its seal" in reading.get(page).text
    sealing.seal()
    text = reading.get(page).text
    for part in ("Sealed in block 1", "Why.", "<del>A</del>", "<ins>B</ins>", "source", "form"):
        assert part in text
    assert reading.get(reverse("audit_event_detail", args=[10**15])).status_code == 404
