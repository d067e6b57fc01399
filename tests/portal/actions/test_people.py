"""Accounts are made, changed, invited and closed by staff, and each leaves a trace."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from portal import departures, jobs
from portal.actions import people
from portal.departures import Departure
from portal.edits import Stale, mark
from portal.models import AuditEvent, User
from portal.models.user import Role
from portal.states import InvalidTransition
from tests.makers.portal import make_person, make_unit

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def again(person):
    return User.objects.get(pk=person.pk)


def verbs(person):
    return list(AuditEvent.objects.about("portal.user", person.pk).values_list("verb", flat=True))


def test_a_new_account_has_no_password_and_no_role(staff):
    fields = {"email": "Nia.Obi@Example.org", "name": "Nia Obi", "business_unit": make_unit()}
    person = people.add(fields=fields, by=staff, now=NOW)

    assert person.email == "nia.obi@example.org"
    assert not person.has_usable_password()
    assert person.roles == frozenset()
    assert person.date_joined == NOW
    assert verbs(person) == ["portal.person_added"]


def test_a_maker_makes_no_account(outsider):
    with pytest.raises(PermissionDenied):
        people.add(fields={"email": "x@example.org", "name": "X"}, by=outsider, now=NOW)
    assert not User.objects.filter(email="x@example.org").exists()


def test_a_change_keeps_before_and_after(staff, outsider, manager):
    people.change(outsider, fields={"title": "Buyer", "manager": manager}, by=staff, now=NOW)

    event = AuditEvent.objects.about("portal.user", outsider.pk).get()
    assert event.changes == {"title": ["", "Buyer"], "manager": [None, "Grace Adeyemi"]}
    assert again(outsider).manager == manager


def test_a_change_of_nothing_leaves_no_trace(staff, outsider):
    people.change(outsider, fields={"name": outsider.name}, by=staff, now=NOW)
    assert verbs(outsider) == []


def test_everyone_sets_their_own_preferences_and_nothing_else(outsider, owner):
    people.change(outsider, fields={"time_zone": "Europe/Madrid"}, by=outsider, now=NOW)
    assert again(outsider).time_zone == "Europe/Madrid"
    with pytest.raises(PermissionDenied):
        people.change(outsider, fields={"title": "Director"}, by=outsider, now=NOW)
    with pytest.raises(PermissionDenied):
        people.change(owner, fields={"time_zone": "Europe/Madrid"}, by=outsider, now=NOW)


def test_two_editors_the_later_one_is_told(staff, outsider):
    seen = mark(outsider, ["name", "title"])
    people.change(outsider, fields={"name": outsider.name, "title": "Buyer"}, by=staff, now=NOW, seen=seen)
    with pytest.raises(Stale, match="Somebody else changed Olga Petrova"):
        people.change(outsider, fields={"name": "Olga P.", "title": ""}, by=staff, now=NOW, seen=seen)
    assert again(outsider).title == "Buyer"


@pytest.fixture
def departure():
    """A package that keeps something of everybody's and writes down who leaves."""
    told = []

    def leaving(user, *, on, by, now):
        told.append((user.pk, on, by.pk, user.leaves_on))

    departures.register(Departure("test", blockers=lambda user: [f"{user} owns Shift swap."], leaving=leaving))
    yield told
    del departures.DEPARTURES["test"]


def test_a_last_working_day_tells_every_package_once(staff, outsider, departure):
    day = date(2026, 12, 18)
    people.change(outsider, fields={"leaves_on": day}, by=staff, now=NOW)
    people.change(outsider, fields={"leaves_on": day, "title": "Buyer"}, by=staff, now=NOW)
    assert departure == [(outsider.pk, day, staff.pk, day)]

    people.change(outsider, fields={"leaves_on": None}, by=staff, now=NOW)
    assert len(departure) == 1


def test_an_account_stays_open_while_something_hangs_on_it(staff, outsider, departure):
    with pytest.raises(InvalidTransition, match="Olga Petrova owns Shift swap"):
        people.deactivate(outsider, reason="Left the company.", by=staff, now=NOW)
    assert again(outsider).is_active


def test_the_person_behind_a_service_identity_stays(staff, outsider):
    make_person("Night batch", is_service=True, steward=outsider)
    with pytest.raises(InvalidTransition, match="answers for the service identity Night batch"):
        people.deactivate(outsider, reason="Left the company.", by=staff, now=NOW)


def test_a_closed_account_holds_no_role(admin, board_member):
    people.deactivate(board_member, reason="Left the company.", by=admin, now=NOW)

    person = again(board_member)
    assert not person.is_active
    assert person.roles == frozenset()
    event = AuditEvent.objects.about("portal.user", person.pk).get()
    assert (event.verb, event.reason, event.facts) == ("portal.person_left", "Left the company.", {"roles": ["board"]})
    with pytest.raises(InvalidTransition, match="closed already"):
        people.deactivate(board_member, reason="Again.", by=admin, now=NOW)


def test_nobody_closes_their_own_account_nor_staff_that_of_an_administrator(staff, admin, outsider):
    for person, by in ((staff, staff), (admin, staff), (admin, outsider)):
        with pytest.raises(PermissionDenied):
            people.deactivate(person, reason="Left.", by=by, now=NOW)
        assert again(person).is_active


def test_the_last_administrator_stays(admin):
    other = make_person("Other Admin", Role.ADMIN)
    people.deactivate(other, reason="Left.", by=admin, now=NOW)
    with pytest.raises(InvalidTransition, match="last administrator"):
        people.deactivate(admin, reason="Left.", by=make_person("Root", is_superuser=True, is_active=False), now=NOW)


def test_an_account_opens_again_without_its_roles(admin, staff, outsider):
    people.change(outsider, fields={"leaves_on": date(2026, 11, 20)}, by=staff, now=NOW)
    people.deactivate(outsider, reason="Left.", by=admin, now=NOW)
    people.reactivate(outsider, reason="Came back.", by=staff, now=NOW)

    person = again(outsider)
    assert person.is_active
    assert person.leaves_on is None
    assert verbs(person)[0] == "portal.person_returned"
    with pytest.raises(InvalidTransition):
        people.reactivate(outsider, reason="Twice.", by=staff, now=NOW)


def test_an_invitation_is_a_mail_whose_link_sets_a_password(staff, outsider, client, mailoutbox):
    job = people.invite(outsider, by=staff, now=NOW)
    assert mailoutbox == []
    assert jobs.run(job.pk)

    [mail] = mailoutbox
    assert mail.to == ["olga.petrova@example.org"]
    link = next(line for line in mail.body.splitlines() if line.startswith("http"))
    page = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": "blue kettle on the roof", "password2": "blue kettle on the roof"})
    assert again(outsider).check_password("blue kettle on the roof")
    assert verbs(outsider) == ["portal.person_invited"]


def test_a_closed_account_and_a_service_identity_are_not_invited(staff, owner):
    for person in (
        make_person("Gone Person", is_active=False),
        make_person("Night batch", is_service=True, steward=owner),
    ):
        with pytest.raises(InvalidTransition):
            people.invite(person, by=staff, now=NOW)
