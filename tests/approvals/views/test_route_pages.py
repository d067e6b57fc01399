import pytest
from django.urls import reverse

from approvals import routes
from approvals.models import ApproverGroup, HolidayCalendar, RouteVersion
from approvals.stage_rules import Who

pytestmark = pytest.mark.django_db
ROUTE = reverse("approvals:route_detail", args=["general", "low"])


def stage(number, **fields):
    plain = {"name": "", "mode": "first", "quorum": 1, "days": 2, "remind": 1, "stand_in": 1, "escalate": 3}
    return {f"stages-{number}-{key}": value for key, value in {**plain, **fields}.items()}


def route(*stages, seen=0):
    data = {"stages-TOTAL_FORMS": len(stages), "stages-INITIAL_FORMS": 1, "reason": "A test.", "seen": seen}
    for number, fields in enumerate(stages):
        data |= stage(number, **fields)
    return data


def test_a_route_is_read_set_and_read_again(client, staff, outsider):
    client.force_login(staff)
    data = route(
        {"name": "Look", "roles": ["reviewer"], "people": f"{outsider.email}\n"},
        {"name": "Lead", "relations": ["unit_lead"]},
        {},
    )
    assert client.post(ROUTE, data).status_code == 303
    standing = routes.standing("new_app", "low")
    assert [one.name for one in standing.stages] == ["Look", "Lead"]
    assert standing.stages[0].values(Who.PERSON) == [str(outsider.pk)]
    page = client.get(ROUTE).content.decode()
    assert outsider.email in page
    assert "Version 1 holds." in page
    assert client.post(ROUTE, data).status_code == 409  # from the page as it was before
    assert RouteVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("stages", "says"),
    [
        ([{"name": "Look"}], "Choose at least one"),
        ([{"name": "Look", "people": "nobody@nowhere.example"}], "Nobody active is known"),
        ([{"name": "Look", "roles": ["emperor"]}], "emperor"),
        ([{"name": "Look", "roles": ["reviewer"], "days": 0}], "greater than or equal to 1"),
    ],
)
def test_a_stage_that_nobody_could_answer_is_not_saved(client, staff, stages, says):
    client.force_login(staff)
    response = client.post(ROUTE, route(*stages))
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not RouteVersion.objects.exists()


def test_an_unknown_kind_or_tier_is_not_found(client, staff):
    client.force_login(staff)
    assert client.get(reverse("approvals:route_detail", args=["nonsense", "low"])).status_code == 404
    assert client.get(reverse("approvals:route_detail", args=["general", "nonsense"])).status_code == 404


def test_a_group_is_made_and_changed(client, staff, outsider):
    client.force_login(staff)
    new = reverse("approvals:approver_group_create")
    data = {"name": "Security", "slug": "security", "members": outsider.email}
    assert client.post(new, data).status_code == 303
    assert client.post(new, data).status_code == 422
    assert client.post(new, {**data, "name": "New", "slug": "new"}).status_code == 422
    group = ApproverGroup.objects.get()
    assert list(group.members.all()) == [outsider]
    edit = {"name": "Security board", "slug": "other", "members": ""}
    assert client.post(group.get_absolute_url(), edit).status_code == 303
    group.refresh_from_db()
    assert (group.slug, group.name, group.members.count()) == ("security", "Security board", 0)


def test_a_calendar_is_made_changed_and_removed(client, staff):
    client.force_login(staff)
    new = reverse("approvals:holiday_calendar_create")
    data = {
        "name": "Berlin",
        "country": "de",
        "region": "be",
        "days": "2026-12-24 Christmas Eve\n2026-03-08 * Worked\n",
    }
    assert client.post(new, data).status_code == 303
    calendar = HolidayCalendar.objects.get()
    assert (calendar.country, calendar.region, calendar.days.count()) == ("DE", "BE", 2)
    page = client.get(calendar.get_absolute_url()).content.decode()
    assert "2026-03-08 * Worked" in page
    assert client.post(reverse("approvals:holiday_calendar_removal_create", args=[calendar.pk])).status_code == 303
    assert not HolidayCalendar.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"country": "XX"}, "not a country"),
        ({"country": "DE", "region": "ZZ"}, "not a region of DE"),
        ({"region": "BE"}, "Say the country"),
        ({"days": "Christmas"}, "Line 1 is not a day"),
        ({"days": "\n2026-02-30 Nothing"}, "Line 2 is not a day"),
    ],
)
def test_a_calendar_says_what_is_wrong(client, staff, wrong, says):
    client.force_login(staff)
    response = client.post(reverse("approvals:holiday_calendar_create"), {"name": "Ours", **wrong})
    assert response.status_code == 422
    assert says in response.content.decode()
