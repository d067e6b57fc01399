"""What the catalog and the requests put on the home page, and what that costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals.models import ApprovalRequest
from catalog.actions.hand_overs import offer
from catalog.actions.submissions import submit
from catalog.models import Discovery, SweepRun
from catalog.models.sweep_run import SweepKind, SweepState
from catalog.panels import held_sweeps
from catalog.states import AppState
from tests.makers.catalog import copies_of, make_app
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db


def panels(response):
    """Every panel on the page by its key, with its context."""
    return {part.panel.key: part.context for _title, parts in response.context["places"] for part in parts}


def names(context):
    return [app.name for app in context["rows"]]


def ends_in(person, days):
    return person.local_date(timezone.now()) + timedelta(days=days)


@pytest.fixture
def signed_in(client, owner):
    client.force_login(owner)
    return client


def test_a_maker_sees_flagged_apps_first_then_the_next_to_end(signed_in, owner):
    make_app("Later", expires_on=ends_in(owner, 60))
    make_app("Soon", expires_on=ends_in(owner, 13))
    make_app("Sooner", expires_on=ends_in(owner, 3))
    make_app("Flagged", state=AppState.FLAGGED, expires_on=ends_in(owner, 80))
    found = panels(signed_in.get("/"))
    assert names(found["urgent_apps"]) == ["Flagged", "Sooner", "Soon"]
    assert names(found["my_apps"]) == ["Sooner", "Soon", "Later", "Flagged"]


def test_a_fortnight_is_not_yet_urgent(signed_in, owner):
    app = make_app("In two weeks", expires_on=ends_in(owner, 14))
    response = signed_in.get("/")
    assert "urgent_apps" not in panels(response)
    assert "14 days left" in response.content.decode()
    app.expires_on = ends_in(owner, 13)
    app.save()
    response = signed_in.get("/")
    assert names(panels(response)["urgent_apps"]) == ["In two weeks"]
    assert f'href="{app.get_absolute_url()}"' in response.content.decode()


def test_the_apps_of_somebody_else_are_not_mine(client, outsider):
    make_app("Shift swap", expires_on=ends_in(outsider, 3))
    client.force_login(outsider)
    found = panels(client.get("/"))
    assert "urgent_apps" not in found
    assert found["my_apps"]["rows"] == []


def test_the_second_owner_and_the_person_behind_a_service_are_asked_too(client, owner, second_owner, outsider):
    service = make_person("Night Batch", is_service=True, steward=outsider)
    make_app("By the service", owner=service, expires_on=ends_in(owner, 3))
    for person in (second_owner, outsider):
        client.force_login(person)
        assert names(panels(client.get("/"))["urgent_apps"]) == ["By the service"]


def test_drafts_reviews_and_what_was_offered(client, owner, outsider):
    make_app("My draft", state=AppState.DRAFT)
    submit(make_app("My review", state=AppState.DRAFT), by=owner, now=timezone.now())
    offer(make_app("Given"), taker=outsider, by=owner, now=timezone.now(), reason="Moving on.")
    client.force_login(owner)
    assert set(names(panels(client.get("/"))["drafts"])) == {"My draft", "My review"}
    client.force_login(outsider)
    response = client.get("/")
    assert [hand_over.app.name for hand_over in panels(response)["hand_overs"]["rows"]] == ["Given"]
    assert "Priya Nair asks you to become its owner." in response.content.decode()


def test_a_request_waits_for_those_who_decide(client, owner, reviewer, staff, outsider):
    submit(make_app("Shift swap", state=AppState.DRAFT), by=owner, now=timezone.now())
    request = ApprovalRequest.objects.get()
    for person, role in ((reviewer, "reviewer"), (staff, "staff")):
        client.force_login(person)
        response = client.get(f"/?as={role}")
        assert request.get_absolute_url() in response.content.decode()
        assert f"waiting_{role}" in panels(response)
    client.force_login(outsider)
    assert request.get_absolute_url() not in client.get("/").content.decode()


def test_staff_see_discoveries_and_what_lapses(client, staff, owner):
    for number in range(7):
        Discovery.objects.create(source_system="power", external_id=str(number), name=f"Found {number}")
    make_app("Lapsing", expires_on=ends_in(owner, 5))
    client.force_login(staff)
    response = client.get("/?as=staff")
    found = panels(response)
    assert [one.name for one in found["discoveries"]["rows"]] == [f"Found {number}" for number in (6, 5, 4, 3, 2)]
    assert (found["discoveries"]["total"], found["discoveries"]["more"]) == (7, 2)
    assert names(found["lapsing"]) == ["Lapsing"]
    assert "7 apps run outside the catalog." in response.content.decode()


def test_staff_see_sweeps_that_wait_for_two_people(staff):
    now = timezone.now()
    SweepRun.objects.create(kind=SweepKind.EXPIRE, due=now, now=now, state=SweepState.HELD, planned=40)
    SweepRun.objects.create(kind=SweepKind.STALE, due=now, now=now, state=SweepState.DONE)
    assert [run.planned for run in held_sweeps(staff)["rows"]] == [40]


def test_the_board_sees_figures_and_what_changed(client, board_member, owner):
    make_app("Live")
    make_app("Gone", state=AppState.ARCHIVED, now=timezone.now())
    make_app("Flagged", state=AppState.FLAGGED, now=timezone.now())
    Discovery.objects.create(source_system="power", external_id="1", name="Found")
    client.force_login(board_member)
    found = panels(client.get("/?as=board"))
    figures = found["figures"]
    assert (figures["live"], figures["flagged"], figures["archived"], figures["discoveries"]) == (2, 1, 1, 1)
    assert {event.subject for event in found["what_changed_board"]["rows"]} >= {"Gone", "Flagged"}


def fill(owner, second_owner, first, last):
    """Apps of every kind the home page lists."""
    people = {"owner": owner, "second_owner": second_owner}
    copies_of(make_app(f"App {first}", expires_on=ends_in(owner, 5), **people), last - first)
    copies_of(make_app(f"Draft {first}", state=AppState.DRAFT, **people), last - first)
    for number in range(first, last):
        Discovery.objects.create(source_system="power", external_id=str(number), name=f"Found {number}")


@pytest.mark.parametrize("who", ["owner", "staff", "board_member", "auditor", "reviewer"])
def test_home_costs_at_most_seventeen_queries_with_3_apps_and_with_300(
    client, request, who, second_owner, django_assert_max_num_queries
):
    """Three are the session, the person and their roles; the rest are the counts of the shell and the panels."""
    person = request.getfixturevalue(who)
    client.force_login(person)

    def cost():
        client.get("/")  # the sidebar's counts of the console are kept for a while
        with django_assert_max_num_queries(17) as counted:
            client.get("/")
        return len(counted)

    fill(person, second_owner, 0, 3)
    few = cost()
    fill(person, second_owner, 3, 300)
    assert cost() == few
