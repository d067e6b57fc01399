"""What somebody who owns the tables can do behind the triggers is found, and the first wrong event is named."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal import audit, sealing, verifying
from portal.models import AuditBlock, AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(owner):
    """Thirty sealed events in three blocks."""
    for _ in range(3):
        audit.record_many(audit.event("portal.person_changed", owner, by=None, reason=str(n)) for n in range(10))
        sealing.seal()
    return list(AuditEvent.objects.order_by("id").values_list("id", flat=True))


def behind_the_triggers(*statements):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("portal_auditevent", "portal_auditblock"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)


def complaint(*arguments):
    with pytest.raises(CommandError) as raised:
        call_command("audit_verify", *arguments)
    assert raised.value.returncode == 1
    return str(raised.value)


def test_an_untouched_log_is_well(ids, owner, capsys):
    audit.record("portal.person_changed", owner, by=None)
    call_command("audit_verify")
    said = capsys.readouterr().out
    assert "30 events in 3 blocks are as they were sealed, 1 wait" in said
    assert AuditBlock.objects.get(number=3).digest in said


def test_an_empty_log_is_well(capsys):
    call_command("audit_verify")
    assert "Nothing is sealed yet" in capsys.readouterr().out


@pytest.mark.parametrize("change", ["reason = 'x'", "at = at + interval '1 microsecond'", "changes = '{\"a\": 1}'"])
def test_an_edited_event_is_named(ids, change):
    behind_the_triggers(f"UPDATE portal_auditevent SET {change} WHERE id IN ({ids[14]}, {ids[20]})")
    assert f"Event {ids[14]} was altered (block 2)" in complaint()


def test_a_deleted_event_is_named(ids):
    behind_the_triggers(f"DELETE FROM portal_auditevent WHERE id = {ids[9]}")
    assert f"Event {ids[9]} was deleted (block 1)" in complaint()


@pytest.mark.parametrize("at", [-5, 0])
def test_an_inserted_event_is_named(ids, at):
    behind_the_triggers(
        f"UPDATE portal_auditevent SET id = {ids[-1] + 50} WHERE id = {ids[-1]}",
        "INSERT INTO portal_auditevent (id, at, actor_name, verb, subject_kind, subject_id, subject_name, reason, changes,"
        f" facts, request_id) SELECT {at}, at, actor_name, verb, subject_kind, subject_id, subject_name, reason, changes,"
        f" facts, request_id FROM portal_auditevent WHERE id = {ids[3]}",
    )
    assert f"Event {at} was inserted after block 1 was sealed" in complaint()


def test_reordered_events_are_named(ids):
    first, second = ids[12], ids[17]
    behind_the_triggers(
        f"UPDATE portal_auditevent SET id = 900000 WHERE id = {first}",
        f"UPDATE portal_auditevent SET id = {first} WHERE id = {second}",
        f"UPDATE portal_auditevent SET id = {second} WHERE id = 900000",
    )
    assert f"Event {first} was moved: it stands at number {second} now (block 2)" in complaint()


def test_a_truncated_log_is_named(ids):
    behind_the_triggers("TRUNCATE portal_auditevent")
    assert f"Event {ids[0]} was deleted (block 1)" in complaint()


def test_a_log_cut_off_at_the_end_is_found_by_a_digest_noted_elsewhere(ids):
    digest = AuditBlock.objects.get(number=3).digest
    behind_the_triggers(
        f"DELETE FROM portal_auditevent WHERE id >= {ids[20]}", "DELETE FROM portal_auditblock WHERE number = 3"
    )
    call_command("audit_verify")
    assert "the end of the log is missing" in complaint("--expect", digest)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DELETE FROM portal_auditblock WHERE number = 2", "Block 2 is missing"),
        ("UPDATE portal_auditblock SET last_id = last_id + 1 WHERE number = 2", "Block 2 was altered"),
        ("UPDATE portal_auditblock SET digest = repeat('a', 64) WHERE number = 1", "Block 1 was altered"),
        ("UPDATE portal_auditblock SET previous = repeat('a', 64) WHERE number = 3", "Block 3 does not follow"),
    ],
)
def test_a_changed_block_is_named(ids, statement, says):
    behind_the_triggers(statement)
    assert says in complaint()


def test_an_export_is_verified_without_the_database(ids, owner, tmp_path, capsys):
    audit.record("portal.person_changed", owner, by=None)
    file = tmp_path / "audit.jsonl"
    call_command("audit_verify", "--export", str(file))
    behind_the_triggers("TRUNCATE portal_auditevent, portal_auditblock")
    call_command("audit_verify", "--file", str(file))
    assert "30 events in 3 blocks are as they were sealed, 1 wait" in capsys.readouterr().out.splitlines()[-1]


def test_an_altered_export_is_named(ids, tmp_path):
    file = tmp_path / "audit.jsonl"
    call_command("audit_verify", "--export", str(file))
    lines = file.read_bytes().splitlines()
    record = json.loads(lines[13])
    record["event"]["reason"] = "x"
    file.write_bytes(b"\n".join([*lines[:13], json.dumps(record).encode(), *lines[14:]]))
    assert f"Event {record['event']['id']} was altered (block 2)" in complaint("--file", str(file))
    file.write_bytes(b"\n".join(lines[:5] + lines[6:]))
    assert f"Event {ids[4]} was deleted (block 1)" in complaint("--file", str(file))
    file.write_bytes(b"{}\n")
    assert "Line 1 of the file is not part of an export" in complaint("--file", str(file))


def test_an_export_never_overwrites_a_file(ids, tmp_path):
    file = tmp_path / "audit.jsonl"
    file.write_text("mine")
    with pytest.raises(CommandError, match="cannot be used"):
        call_command("audit_verify", "--export", str(file))
    assert file.read_text() == "mine"


def test_what_is_exported_is_one_json_object_a_line(ids):
    out = io.BytesIO()
    assert verifying.export(out) == 33
    assert all(json.loads(line).keys() <= {"event", "block"} for line in out.getvalue().splitlines())
