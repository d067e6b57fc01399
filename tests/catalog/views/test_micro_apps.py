from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.actions import app_facts, micro_apps
from catalog.models import AppDependency, Collector, ConnectorUse, ExternalHost, UsageDay
from catalog.states import AppState
from portal import audit
from portal.navigation import address
from tests.makers.catalog import make_app, make_connector
from tests.makers.contracts import make_values

TABS = ["overview", "timeline", "use", "dependencies", "history"]


@pytest.fixture
def app(owner, second_owner):
    now = timezone.now()
    return make_app(owner=owner, second_owner=second_owner, now=now, expires_on=(now + timedelta(days=60)).date())


def page(client, user, app, tab=""):
    client.force_login(user)
    return client.get(f"{app.get_absolute_url()}?tab={tab}")


@pytest.mark.parametrize("tab", [*TABS, "nonsense"])
@pytest.mark.parametrize("state", list(AppState))
def test_every_tab_of_every_state(client, owner, second_owner, tab, state):
    app = make_app(owner=owner, second_owner=second_owner, state=state, now=timezone.now())
    response = page(client, owner, app, tab)
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("state", [AppState.DRAFT, AppState.IN_REVIEW])
def test_what_is_not_live_yet_is_hidden_from_outsiders(client, owner, second_owner, outsider, reviewer, state):
    app = make_app(owner=owner, second_owner=second_owner, state=state)
    assert page(client, outsider, app).status_code == 404
    assert client.get(reverse("catalog:micro_app_by_id", args=[app.pk])).status_code == 404
    assert client.get(reverse("catalog:micro_app_manifest", args=[app.slug])).status_code == 404
    assert client.get(reverse("catalog:micro_app_catalog_info", args=[app.slug])).status_code == 404
    assert page(client, reviewer, app).status_code == 200


def test_the_address_by_number_leads_to_the_page(client, outsider, app):
    client.force_login(outsider)
    assert client.get(f"/apps/by-id/{app.pk}/").url == app.get_absolute_url()


@pytest.mark.parametrize(
    ("state", "days", "person", "expected"),
    [
        (AppState.DRAFT, None, "owner", ("submit", "")),
        (AppState.ACTIVE, 60, "owner", ("renew", "Renewal opens on")),
        (AppState.ACTIVE, 20, "owner", ("renew", "")),
        (AppState.ACTIVE, 20, "second_owner", ("renew", "")),
        (AppState.ACTIVE, 20, "staff", ("renew", "")),
        (AppState.ACTIVE, 20, "outsider", None),
        (AppState.FLAGGED, 20, "owner", ("answer", "")),
        (AppState.FLAGGED, 20, "manager", ("answer", "")),
        (AppState.ARCHIVED, 20, "owner", ("restore", "")),
        (AppState.RETIRED, 20, "owner", None),
    ],
)
def test_the_one_right_action(request, client, owner, second_owner, state, days, person, expected):
    now = timezone.now()
    ends = days and (now + timedelta(days=days)).date()
    app = make_app(owner=owner, second_owner=second_owner, state=state, now=now, expires_on=ends)
    found = page(client, request.getfixturevalue(person), app).context["primary"]
    if expected is None or (found is None and not pages_exist()):
        assert found is None
        return
    assert found.key == expected[0]
    assert found.denial.startswith(expected[1]) if expected[1] else found.url


def pages_exist():
    return bool(address("catalog:renewal_create", "x"))


def test_marks_stand_on_top_with_who_why_and_until(client, outsider, staff, app):
    until = timezone.now() + timedelta(days=3)
    app_facts.state(app, by=staff, kind="quarantine", reason="Leaks salaries.", until=until, now=timezone.now())
    text = page(client, outsider, app).content.decode()
    assert "Leaks salaries." in text
    assert "Ana Kovac" in text
    assert "End it now" not in text
    assert "End it now" in page(client, staff, app).content.decode()


def test_the_history_shows_each_field_before_and_after(client, outsider, owner, second_owner, app):
    erp = make_connector("ERP")
    values = make_values(owner, second_owner, audience_size=700, connectors=[erp])
    micro_apps.edit(app, by=owner, values=values, now=timezone.now())
    changes = page(client, outsider, app, "history").context["events"][0].changes
    assert ("People who use it", "40", "700") in changes
    assert ("Connectors", "", "ERP") in changes


def test_dependencies_both_ways_without_drafts_of_others(client, outsider, app, second_owner):
    below, above = make_app("Store list"), make_app("Rota board")
    draft = make_app("Secret", state=AppState.DRAFT)
    ConnectorUse.objects.create(app=app, connector=make_connector("ERP", status="blocked", status_reason="Old."))
    ExternalHost.objects.create(app=app, host="api.example.org")
    AppDependency.objects.create(app=app, needed=below)
    AppDependency.objects.create(app=above, needed=app)
    AppDependency.objects.create(app=draft, needed=app)
    response = page(client, outsider, app, "dependencies")
    text = response.content.decode()
    assert [other.name for other in response.context["needs"]] == ["Store list"]
    assert [other.name for other in response.context["needed_by"]] == ["Rota board"]
    assert "And 1 app that is not published yet." in text
    assert "Secret" not in text
    assert "api.example.org" in text
    assert "Old." in text


def test_days_nobody_vouches_for_are_gaps_not_zeros(client, outsider, app):
    today = timezone.now().date()
    Collector.objects.create(
        signal="opens", label="Opens", complete_from=today - timedelta(days=40), complete_until=today - timedelta(days=5)
    )
    UsageDay.objects.create(app=app, signal="opens", day=today - timedelta(days=10), users=7)
    usage = page(client, outsider, app, "use").context["usage"]
    values = usage.chart.series[0].values
    assert values[-10] == 7
    assert (values[-9], values[-6]) == (0, 0)
    assert values[-4:] == [None] * 4
    assert values[0] is None
    assert usage.gap_days == 60 - 36


def test_without_any_use_data_the_page_says_unknown(client, outsider, app):
    text = page(client, outsider, app, "use").content.decode()
    assert "No use data in 60 days" in text
    assert "Unknown never archives anything." in text


@pytest.mark.parametrize("days", [60, 180, 7, "x"])
def test_the_span_is_one_of_those_offered(client, outsider, app, days):
    client.force_login(outsider)
    asked = client.get(f"{app.get_absolute_url()}?tab=use&days={days}").context["usage"].days
    assert asked == (days if days in (60, 180) else 60)


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_costs_the_same_however_much_happened(client, outsider, owner, app, count, django_assert_max_num_queries):
    audit.record_many([audit.event("catalog.app_changed", app, by=owner) for _ in range(count)])
    page(client, outsider, app, "timeline")
    with django_assert_max_num_queries(12):
        client.get(f"{app.get_absolute_url()}?tab=timeline")
