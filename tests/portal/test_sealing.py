"""Sealing with real transactions: late commits, two sealers, and a database that refuses changes."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from portal import audit, sealing, verifying
from portal.models import AuditBlock, AuditEvent
from tests.makers.portal import make_person


def write(person, count):
    audit.record_many(audit.event("portal.person_changed", person, by=None, reason=str(n)) for n in range(count))


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["portal_auditevent", "portal_auditblock"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_the_log(owner, table, statement):
    write(owner, 1)
    sealing.seal()
    refused = pytest.raises(DatabaseError, match="the audit log only grows")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_truncate")
        cursor.execute(statement.format(table))


@pytest.mark.django_db
def test_events_are_sealed_in_blocks_of_a_thousand_that_form_a_chain(owner):
    write(owner, 2_300)
    assert sealing.seal() == 2_300
    blocks = list(AuditBlock.objects.order_by("number"))
    assert [block.events for block in blocks] == [1_000, 1_000, 300]
    assert blocks[0].previous == sealing.START
    assert [block.previous for block in blocks[1:]] == [block.digest for block in blocks[:-1]]
    assert sealing.seal() == 0
    write(owner, 1)
    assert sealing.seal() == 1
    assert verifying.verify(verifying.parts()).sealed == 2_301


def in_thread(work):
    """Run `work` with its own database connection; returns what join() it."""
    failures = []

    def body():
        try:
            work()
        except Exception as error:  # noqa: BLE001  (raised again in the test's own thread)
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=body)
    thread.start()

    def join():
        thread.join(20)
        assert not thread.is_alive()
        if failures:
            raise failures[0]

    return join


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_with_a_lower_number_is_not_missed():
    person = make_person()
    written, go = threading.Event(), threading.Event()

    def slow_writer():
        with transaction.atomic():
            write(person, 1)
            written.set()
            go.wait(10)

    join = in_thread(slow_writer)
    assert written.wait(10)
    write(person, 1)  # committed, with a higher number than the one still open
    assert sealing.seal(patience=0.2) == 0, "nothing may be sealed above an open writer"
    timer = threading.Timer(0.3, go.set)
    timer.start()
    assert sealing.seal(patience=10) == 2
    join()
    low, high = AuditEvent.objects.order_by("id").values_list("id", flat=True)
    assert low < high
    assert [number for number, _digest in sealing.seal_of(AuditBlock.objects.get()).entries] == [low, high]
    assert verifying.verify(verifying.parts()).sealed == 2


@pytest.mark.django_db(transaction=True)
def test_four_sealers_at_once_seal_each_event_once():
    write(make_person(), 3_500)
    for join in [in_thread(sealing.seal) for _ in range(4)]:
        join()
    sealing.seal()
    assert verifying.verify(verifying.parts()).sealed == 3_500
    assert AuditBlock.objects.count() == 4
