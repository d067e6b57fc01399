"""Roles are groups; giving and taking them is audited, and the last administrator stays."""

import threading
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection

from portal.actions.roles import change_roles
from portal.models import AuditEvent, User
from portal.models.user import Role
from portal.states import InvalidTransition
from tests.makers.portal import make_person

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def again(person):
    return User.objects.get(pk=person.pk)


def test_every_role_is_a_group_from_the_first_migration():
    assert set(Role.values) <= set(Group.objects.values_list("name", flat=True))


def test_giving_a_role_is_audited_and_opens_what_it_opens(admin, outsider):
    change_roles(outsider, give=[Role.STAFF, Role.BOARD], by=admin, now=NOW)

    person = again(outsider)
    assert person.roles == {"staff", "board"}
    assert (person.is_staff, person.is_superuser) == (True, False)
    events = AuditEvent.objects.filter(verb="portal.role_given", subject_id=outsider.pk)
    assert [event.facts["role"] for event in events.order_by("id")] == ["board", "staff"]
    assert {event.actor for event in events} == {admin}


def test_taking_the_staff_role_closes_the_records_pages(admin, staff):
    change_roles(staff, take=[Role.STAFF], by=admin, now=NOW)

    assert again(staff).roles == frozenset()
    assert not again(staff).is_staff
    assert AuditEvent.objects.filter(verb="portal.role_taken", subject_id=staff.pk).count() == 1


def test_an_administrator_is_superuser_while_they_are_one(admin, outsider):
    change_roles(outsider, give=[Role.ADMIN], by=admin, now=NOW)
    assert again(outsider).is_superuser
    change_roles(outsider, take=[Role.ADMIN], by=admin, now=NOW)
    assert not again(outsider).is_superuser
    assert not again(outsider).is_staff


def test_what_is_already_so_is_left_alone(admin, staff):
    change_roles(staff, give=[Role.STAFF], take=[Role.BOARD], by=admin, now=NOW)

    assert again(staff).roles == {"staff"}
    assert not AuditEvent.objects.filter(subject_id=staff.pk).exists()


def test_staff_who_are_not_administrators_give_no_role(staff, outsider):
    with pytest.raises(PermissionDenied, match="Only an administrator"):
        change_roles(outsider, give=[Role.STAFF], by=staff, now=NOW)
    assert again(outsider).roles == frozenset()


def test_nobody_takes_their_own_administrator_role(admin):
    make_person("Other Admin", Role.ADMIN)
    with pytest.raises(PermissionDenied, match="from yourself"):
        change_roles(admin, take=[Role.ADMIN], by=admin, now=NOW)
    assert Role.ADMIN in again(admin).roles


def test_the_last_administrator_keeps_the_role(admin):
    closed = make_person("Closed Admin", Role.ADMIN, is_active=False)
    with pytest.raises(InvalidTransition, match="last administrator"):
        change_roles(admin, take=[Role.ADMIN], by=closed, now=NOW)
    assert Role.ADMIN in again(admin).roles


@pytest.mark.parametrize(("fields", "sentence"), [({"is_active": False}, "closed"), ({"is_service": True}, "service")])
def test_a_closed_account_and_a_service_identity_get_no_role(admin, owner, fields, sentence):
    if "is_service" in fields:
        fields = {**fields, "steward": owner}
    other = make_person("Night batch", **fields)
    with pytest.raises(PermissionDenied, match=sentence):
        change_roles(other, give=[Role.STAFF], by=admin, now=NOW)


def at_once(*calls):
    """Run the calls in threads of their own, together, and return what each raised or None."""
    ready, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        ready.wait()
        try:
            call()
        except Exception as error:  # noqa: BLE001
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return results


@pytest.mark.django_db(transaction=True)
def test_two_people_giving_roles_at_once_do_not_undo_each_other(admin, outsider):
    other = make_person("Other Admin", Role.ADMIN)
    results = at_once(
        lambda: change_roles(outsider, give=[Role.BOARD], by=again(admin), now=NOW),
        lambda: change_roles(outsider, give=[Role.AUDITOR], by=again(other), now=NOW),
    )

    assert results == [None, None]
    assert again(outsider).roles == {"board", "auditor"}


@pytest.mark.django_db(transaction=True)
def test_two_administrators_taking_the_role_from_each_other_leave_one(admin):
    other = make_person("Other Admin", Role.ADMIN)
    results = at_once(
        lambda: change_roles(other, take=[Role.ADMIN], by=again(admin), now=NOW),
        lambda: change_roles(admin, take=[Role.ADMIN], by=again(other), now=NOW),
    )

    assert User.objects.administrators().count() == 1
    assert sum(result is not None for result in results) == 1
