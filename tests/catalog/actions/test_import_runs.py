from datetime import timedelta

import pytest

from approvals import rules
from catalog.actions import import_batches, import_runs
from catalog.actions.micro_apps import edit
from catalog.models import Discovery, ImportRow, MicroApp, SourceRecord
from catalog.models.discovery import DiscoveryState
from portal.models import AuditEvent
from tests.makers.catalog import NOW, make_app
from tests.makers.imports import table, uploaded, whole_rows
from tests.makers.portal import make_cost_centre, make_person

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def company(owner, second_owner):
    make_cost_centre()


def run_file(content, by, *, dry=False, now=NOW, **options):
    run = uploaded(content, by, now=now, **options)
    return run, import_runs.process(run, dry=dry, by=by, now=now)


def row(run, number=1, *, dry=False):
    return ImportRow.objects.get(run=run, number=number, dry=dry)


def test_a_whole_row_becomes_a_live_app_with_an_audit_entry(staff, owner, second_owner):
    run, counts = run_file(table({}), staff)
    app = MicroApp.objects.get(external_id="a-1")
    assert counts == {"created": 1}
    assert (app.state, app.owner, app.second_owner, app.audience_size) == ("active", owner, second_owner, 1200)
    assert app.expires_on == NOW.date() + timedelta(days=90)
    assert (app.source_system, app.created_by, app.activated_at) == ("inventory", staff, NOW)
    event = AuditEvent.objects.get(verb="catalog.app_imported", subject_id=app.pk)
    assert event.actor == staff
    assert event.facts["row"] == 1
    assert event.changes["state"] == ["draft", "active"]
    assert row(run).app == app


def test_an_end_date_of_the_file_is_kept_and_a_passed_one_refused(staff):
    columns = ("App ID", "App name", "Ends on", *table({}).decode().split("\r\n")[0].split(",")[2:])
    content = table(
        {"Ends on": "2027-03-31"}, {"App ID": "a-2", "Ends on": "2020-01-01"}, {"App ID": "a-3", "Ends on": "soon"},
        columns=columns,
    )  # fmt: skip
    run, counts = run_file(content, staff)
    assert MicroApp.objects.get().expires_on.isoformat() == "2027-03-31"
    assert counts == {"created": 1, "refused": 2}
    assert "has passed" in row(run, 2).sentence
    assert "is no date" in row(run, 3).sentence


def test_an_incomplete_row_is_a_discovery_with_its_gaps_and_its_whole_source(staff):
    run, counts = run_file(table({"Owner email": "nobody@example.org", "Cost centre": "", "Users": "many"}), staff)
    found = Discovery.objects.get()
    assert counts == {"discovery": 1}
    assert found.gaps == ["owner", "cost_centre", "audience_size"]
    assert found.raw["Owner email"] == "nobody@example.org"
    assert found.known["owner"] == "nobody@example.org"
    assert found.business_unit.code == "retail"
    assert "nobody@example.org" in row(run).sentence
    assert "Missing: Cost centre." in row(run).sentence
    assert AuditEvent.objects.get(verb="catalog.discovery_found").subject_id == found.pk


def test_a_dry_run_writes_nothing_but_its_own_lines(staff):
    watched = (MicroApp, Discovery, SourceRecord)
    content = table({}, {"App ID": "a-2", "Owner email": ""})
    run = uploaded(content, staff)
    before = [model.objects.count() for model in watched] + [AuditEvent.objects.count()]
    counts = import_runs.process(run, dry=True, by=staff, now=NOW)
    assert [model.objects.count() for model in watched] + [AuditEvent.objects.count()] == before
    assert counts == {"created": 1, "discovery": 1}
    assert row(run, dry=True).app is None
    assert import_runs.process(run, dry=False, by=staff, now=NOW) == counts


def test_the_same_file_again_changes_nothing(staff):
    content = table({}, {"App ID": "a-2", "Owner email": ""})
    run_file(content, staff)
    events = AuditEvent.objects.exclude(verb="catalog.import_uploaded").count()
    _run, counts = run_file(content, staff, now=LATER)
    assert counts == {"unchanged": 2}
    assert AuditEvent.objects.exclude(verb="catalog.import_uploaded").count() == events
    assert Discovery.objects.get().last_seen_at == LATER


def test_the_source_wins_where_nobody_edited_and_loses_where_somebody_did(staff, owner):
    run_file(table({}), staff)
    app = MicroApp.objects.get()
    edit(app, by=owner, values={"purpose": "Our own words."}, now=NOW)
    run, counts = run_file(table({"Purpose": "The source's new words.", "Users": "900"}), staff, now=LATER)
    app.refresh_from_db()
    assert counts == {"updated": 1}
    assert (app.purpose, app.audience_size) == ("Our own words.", 900)
    assert "Kept as edited here" in row(run).sentence
    assert "Purpose" in row(run).sentence
    event = AuditEvent.objects.get(verb="catalog.app_import_updated")
    assert event.changes == {"audience_size": [1200, 900]}


def test_swapped_owners_never_make_one_person_both(staff, owner, second_owner, outsider):
    run_file(table({}), staff)
    edit(MicroApp.objects.get(), by=owner, values={"owner": outsider}, now=NOW)
    _run, counts = run_file(table({"Second owner email": outsider.email}), staff, now=LATER)
    app = MicroApp.objects.get()
    assert (app.owner, app.second_owner) == (outsider, second_owner)
    assert counts == {"unchanged": 1}


def test_dependencies_change_with_the_source_and_raise_the_risk(staff):
    run_file(table({}), staff)
    assert MicroApp.objects.get().risk == "low"
    run_file(table({"External hosts": "https://api.Example.org/x; b.example.org", "Data classification": "PII"}), staff)
    app = MicroApp.objects.get()
    assert sorted(app.hosts.values_list("host", flat=True)) == ["api.example.org", "b.example.org"]
    assert app.risk == "high"


def test_an_archived_app_is_left_as_it_is(staff, owner):
    make_app(state="archived", owner=owner, source_system="inventory", external_id="a-1")
    run, counts = run_file(table({"Purpose": "Other."}), staff)
    assert counts == {"unchanged": 1}
    assert "archived" in row(run).sentence


def test_a_discovery_that_became_complete_is_adopted_by_the_file(staff):
    run_file(table({"Owner email": ""}), staff)
    _run, counts = run_file(table({}), staff, now=LATER)
    found = Discovery.objects.get()
    assert counts == {"created": 1}
    assert (found.state, found.adopted_as, found.settled_by) == (DiscoveryState.ADOPTED, MicroApp.objects.get(), staff)


def test_a_retired_discovery_stays_retired(staff):
    run_file(table({"Owner email": ""}), staff)
    Discovery.objects.update(state="retired", reason="Switched off.")
    run, counts = run_file(table({}), staff)
    assert counts == {"unchanged": 1}
    assert "Switched off." in row(run).sentence
    assert not MicroApp.objects.exists()


def test_an_app_may_need_apps_above_it_in_the_file(staff):
    content = table(
        {}, {"App ID": "a-2", "App name": "Rota", "Depends on": "a-1"}, {"App ID": "a-3", "Depends on": "a-9"}
    )
    run = uploaded(content, staff)
    dry = import_runs.process(run, dry=True, by=staff, now=NOW)
    assert import_runs.process(run, dry=False, by=staff, now=NOW) == dry == {"created": 2, "discovery": 1}
    assert MicroApp.objects.get(external_id="a-2").needs.get().needed.external_id == "a-1"


def test_one_name_twice_gets_two_addresses_and_one_number_twice_is_refused(staff):
    run, counts = run_file(table({}, {"App ID": "a-2"}, {"App name": "Other"}), staff)
    assert counts == {"created": 2, "refused": 1}
    assert len(set(MicroApp.objects.values_list("slug", flat=True))) == 2
    assert "same number as row 1" in row(run, 3).sentence


def test_two_people_of_one_name_are_a_gap(staff, owner):
    make_person("Priya Nair", email="priya.two@example.org")
    run, _counts = run_file(table({"Owner email": "Priya Nair"}), staff)
    assert "more than one person" in row(run).sentence


def test_names_are_tidied_and_markup_is_kept_as_text(staff):
    run_file(table({"App name": "  Cafe\u0301 \x07 <b>x</b>  "}), staff)
    assert MicroApp.objects.get().name == "Café <b>x</b>"


def test_long_values_are_never_cut(staff):
    run, counts = run_file(table({"Purpose": "x" * 301}, {"App ID": "b", "App name": "y" * 201}), staff)
    assert counts == {"discovery": 1, "refused": 1}
    assert Discovery.objects.get().known["purpose"] == "x" * 301
    assert "301 characters, at most 300" in row(run, 1).sentence
    assert "longer than 200" in row(run, 2).sentence


def test_a_worker_that_dies_midway_is_continued_without_doing_anything_twice(staff, monkeypatch):
    monkeypatch.setattr(import_runs, "BATCH", 10)
    run = uploaded(table(*whole_rows(35)), staff)

    class Killed(BaseException):
        pass

    def die(done, total):
        if done == 20:
            raise Killed

    with pytest.raises(Killed):
        import_runs.process(run, dry=False, by=staff, now=NOW, progress=die)
    assert MicroApp.objects.count() == 20
    counts = import_runs.process(run, dry=False, by=staff, now=LATER)
    assert counts == {"created": 35}
    assert MicroApp.objects.count() == 35
    assert AuditEvent.objects.filter(verb="catalog.app_imported").count() == 35
    assert import_runs.process(run, dry=False, by=staff, now=LATER) == counts


@pytest.mark.parametrize("count", [3, 300])
def test_a_batch_costs_the_same_queries_whatever_its_size(staff, django_assert_num_queries, count):
    founds = list(import_runs.found_in(uploaded(table(*whole_rows(count)), staff)))
    run = uploaded(table(*whole_rows(count)), staff)
    setting = import_batches.Setting(run, staff, NOW, rules.shipped("risk"))
    with django_assert_num_queries(11):
        import_batches.settle(founds, setting, import_batches.Memory())
