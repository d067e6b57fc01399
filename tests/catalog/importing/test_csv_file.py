import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.importing import backstage, csv_file, power_platform, usage
from catalog.importing.columns import Mapping, found_of, propose
from catalog.importing.found import BadFile
from catalog.importing.values import clean


def cells(content):
    return [row.cells for row in csv_file.read(content).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32"])
def test_delimiters_and_encodings_are_found(delimiter, encoding):
    text = (
        f"Name{delimiter}Größe{delimiter}Note\n"
        f'"Café{delimiter} Süd"{delimiter}7{delimiter}"two\nlines"\nB{delimiter}8{delimiter}x\n'
    )
    assert cells(text.encode(encoding)) == [
        {"Name": f"Café{delimiter} Süd", "Größe": "7", "Note": "two\nlines"},
        {"Name": "B", "Größe": "8", "Note": "x"},
    ]


def test_ragged_rows_are_refused_by_number_and_the_others_read():
    rows = list(csv_file.read(b"a,b\n1,2\n1\n1,2,3\n\n5,6,\n").rows)
    assert [bool(row.refusal) for row in rows] == [False, True, True, False]
    assert "Row 2 has 1 cell, the header has 2." in rows[1].refusal
    assert "Row 3 has 3 cells" in rows[2].refusal


def test_a_quote_that_is_never_closed_drops_nothing_silently():
    rows = list(csv_file.read(b'a,b\n1,2\n3,"4\n5,6\n').rows)
    assert rows[0].cells == {"a": "1", "b": "2"}
    assert "never closed" in rows[1].refusal


def test_nul_and_endless_cells_are_refused():
    rows = list(csv_file.read(b"a,b\n1,x\x00y\n1," + b"z" * 250_000 + b"\n5,6\n").rows)
    assert ["NUL" in rows[0].refusal, "far too long" in rows[1].refusal, rows[2].cells] == [
        True,
        True,
        {"a": "5", "b": "6"},
    ]


def test_too_many_rows_are_said_and_not_read(monkeypatch):
    monkeypatch.setattr(csv_file, "MOST_ROWS", 2)
    rows = list(csv_file.read(b"a\n1\n2\n3\n4\n").rows)
    assert [bool(row.refusal) for row in rows] == [False, False, True]


def test_too_large_a_file_is_refused(monkeypatch):
    monkeypatch.setattr(csv_file, "LONGEST_FILE", 10)
    with pytest.raises(BadFile, match="50 MB"):
        csv_file.read(b"a,b\n" * 10)


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["admin_AppID", "admin_displayName", "admin_appownerEmail"], {"external_id": 0, "name": 1, "owner": 2}),
        (["properties.displayName", "name", "owner.email"], {"name": 0, "external_id": 1, "owner": 2}),
        (["Kostenstelle", "Bezeichnung", "Beschreibung"], {"cost_centre": 0, "name": 1, "purpose": 2}),
    ],
)
def test_columns_are_proposed_by_their_names(header, columns):
    assert propose(header).columns == {key: header[at] for key, at in columns.items()}


def test_a_number_that_is_often_empty_is_not_proposed():
    table = csv_file.read(b"ID,Title\n1,A\n,B\n,C\n")
    mapping = propose(table.header, table.rows)
    assert (mapping.columns, mapping.key) == ({"name": "Title"}, ["Title"])


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    for reader in (csv_file.read, power_platform.read):
        try:
            table = reader(content)
        except BadFile as error:
            assert str(error)
            continue
        for row in table.rows:
            clean(found_of(row, propose(table.header)))
    for other in (usage.read, backstage.read):
        try:
            list(other(content))
        except BadFile as error:
            assert str(error)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), max_size=8))
def test_every_row_is_accounted_for(rows):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["id", "name", "users"])
    written = [row for row in rows if any(cell.strip() for cell in row)]
    writer.writerows(written)
    found = list(csv_file.read(text.getvalue().encode("utf-8", "replace"), "utf-8").rows)
    assert len(found) == len(written)
    for row in found:
        clean(found_of(row, Mapping({"external_id": "id", "name": "name", "audience_size": "users"})))
