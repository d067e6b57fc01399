import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.actions import import_runs, imports
from catalog.models import ColumnMapping, Discovery, ImportRow, ImportRun, MicroApp
from portal import jobs
from tests.makers.catalog import NOW
from tests.makers.imports import table, uploaded, whole_rows
from tests.makers.portal import make_cost_centre

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def company(owner, second_owner):
    make_cost_centre()


@pytest.fixture
def office(client, staff):
    client.force_login(staff)
    return client


def send(client, content, *, kind="csv", name="apps.csv", more=()):
    files = [SimpleUploadedFile(n, c) for n, c in ((name, content), *more)]
    data = {"kind": kind, "files": files, "source_system": "inventory", "encoding": ""}
    return client.post(reverse("catalog:import_create"), data)


def choices(run):
    """The mapping form as a browser would send it back."""
    mapping = run.mapping
    return {
        **{f"column_{key}": column for key, column in mapping["columns"].items()},
        **{f"fixed_{key}": text for key, text in mapping["fixed"].items()},
        "key": mapping["key"],
    }


def test_from_upload_to_result(office, staff):
    response = send(office, table({}, {"App ID": "a-2", "Owner email": ""}))
    run = ImportRun.objects.get()
    assert (response.status_code, response["Location"]) == (303, run.get_absolute_url())
    page = office.get(run.get_absolute_url()).content.decode()
    assert "Which column is which field?" in page
    assert office.post(reverse("catalog:import_mapping_create", args=[run.pk]), choices(run)).status_code == 303
    assert 'hx-trigger="every 2s"' in office.get(run.get_absolute_url()).content.decode()
    assert jobs.drain() == 1
    page = office.get(run.get_absolute_url()).content.decode()
    assert "Import for real" in page
    assert not MicroApp.objects.exists()
    assert office.post(reverse("catalog:import_application_create", args=[run.pk])).status_code == 303
    assert jobs.drain() == 1
    run.refresh_from_db()
    assert (run.state, run.counts) == ("applied", {"created": 1, "discovery": 1})
    assert "Missing: Owner." in office.get(run.get_absolute_url() + "?outcome=discovery").content.decode()
    assert office.post(reverse("catalog:import_application_create", args=[run.pk])).status_code == 409


def test_the_columns_of_a_header_are_remembered(office, staff):
    columns = ("Nr", "Was", "Wer")
    send(office, table({"Nr": "1", "Was": "Rota", "Wer": "Priya Nair"}, columns=columns))
    run = ImportRun.objects.get()
    chosen = {"column_external_id": "Nr", "column_name": "Was", "column_owner": "Wer", "fixed_business_unit": "Retail"}
    office.post(reverse("catalog:import_mapping_create", args=[run.pk]), chosen)
    assert ColumnMapping.objects.get().by == staff
    again = uploaded(table({"Nr": "2", "Was": "Till", "Wer": ""}, columns=columns), staff)
    assert again.mapping["columns"] == {"external_id": "Nr", "name": "Was", "owner": "Wer"}
    assert again.mapping["fixed"] == {"business_unit": "Retail"}


def test_a_fixed_value_that_cannot_be_used_is_said_at_its_field(office, staff):
    run = uploaded(table({}), staff)
    response = office.post(
        reverse("catalog:import_mapping_create", args=[run.pk]), {**choices(run), "fixed_data_classification": "purple"}
    )
    assert response.status_code == 422
    assert "purple" in response.content.decode()
    run.refresh_from_db()
    assert run.state == "uploaded"


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        ("csv", b"\xff\xfe", "file is empty"),
        ("csv", b"a,a\n1,2\n", "more than once"),
        ("csv", b"a,,b\n1,2,3\n", "has no name"),
        ("power_platform", b"[1, 2]", "no list of apps"),
        ("power_platform", b"{broken", "cannot be read"),
        ("csv", b"   ", "file is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(office, kind, content, sentence):
    response = send(office, content, kind=kind)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ImportRun.objects.exists()


def test_several_files_only_for_documents(office):
    assert send(office, table({}), more=[("b.csv", table({}))]).status_code == 422
    entity = b"kind: Component\nmetadata: {name: a}\n"
    assert send(office, entity, kind="backstage", name="a.yaml", more=[("../../etc/b.yaml", entity)]).status_code == 303
    assert ImportRun.objects.get().file_name == "a.yaml and 1 more"


def test_a_file_name_is_a_name_and_no_path(staff):
    assert uploaded(table({}), staff, name="..\\..\\/etc/passwd").file_name == "passwd"


def test_a_damaged_zip_ends_the_import_with_its_sentence(office, staff):
    run = imports.upload(
        kind="backstage", files=[("x.zip", b"PK\x03\x04nonsense")], source_system="b", by=staff, now=NOW
    )
    imports.start_check(run, by=staff, now=NOW)
    jobs.drain()
    run.refresh_from_db()
    assert run.state == "failed"
    assert "ZIP file is damaged" in office.get(run.get_absolute_url()).content.decode()


def test_work_that_died_can_be_started_again(office, staff):
    run = imports.start_check(uploaded(table({}), staff), by=staff, now=NOW)
    assert office.post(reverse("catalog:import_check_create", args=[run.pk])).status_code == 409
    run.job.state = "dead"
    run.job.save()
    assert "Start again" in office.get(run.get_absolute_url()).content.decode()
    assert office.post(reverse("catalog:import_check_create", args=[run.pk])).status_code == 303
    jobs.drain()
    run.refresh_from_db()
    assert run.state == "checked"


def test_the_result_as_csv_is_harmless_in_a_spreadsheet(office, staff):
    run = uploaded(table({"App name": "=HYPERLINK(1)", "Owner email": "@boss"}), staff)
    import_runs.process(run, dry=True, by=staff, now=NOW)
    response = office.get(reverse("catalog:import_rows_csv", args=[run.pk]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["name"] == "'=HYPERLINK(1)"
    assert row["outcome"] == "discovery"


def test_markup_in_a_file_is_shown_as_text(office, staff):
    run = uploaded(table({"App name": "<script>alert(1)</script>", "Owner email": ""}), staff)
    import_runs.process(run, dry=False, by=staff, now=NOW)
    ImportRun.objects.update(state="applied", counts={"discovery": 1})
    for url in (run.get_absolute_url(), Discovery.objects.get().get_absolute_url(), reverse("catalog:discovery_list")):
        page = office.get(url).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert(1)" not in page


@pytest.mark.parametrize("who", ["owner", "reviewer", "board_member", "auditor"])
@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("import_list", "get"),
        ("import_create", "get"),
        ("import_create", "post"),
        ("import_detail", "get"),
        ("import_mapping_create", "post"),
        ("import_check_create", "post"),
        ("import_application_create", "post"),
        ("import_progress", "get"),
        ("import_rows_csv", "get"),
    ],
)
def test_only_staff_import(client, staff, request, who, name, method):
    run = uploaded(table({}), staff)
    client.force_login(request.getfixturevalue(who))
    args = [run.pk] if name not in ("import_list", "import_create") else []
    assert getattr(client, method)(reverse(f"catalog:{name}", args=args)).status_code == 403


@pytest.mark.parametrize("count", [3, 300])
def test_the_pages_cost_the_same_queries_however_long_the_list(office, staff, django_assert_num_queries, count):
    run = uploaded(table(*whole_rows(count)), staff)
    import_runs.process(run, dry=True, by=staff, now=NOW)
    ImportRow.objects.filter(dry=True).update(dry=False)
    ImportRun.objects.update(state="applied")
    ImportRun.objects.bulk_create(
        [ImportRun(kind="csv", file_name="x", source_system="x", by=staff) for _i in range(count)]
    )
    office.get(run.get_absolute_url())
    with django_assert_num_queries(8):
        office.get(run.get_absolute_url())
    with django_assert_num_queries(7):
        office.get(reverse("catalog:import_list"))
