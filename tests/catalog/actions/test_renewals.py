from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from catalog.actions.archives import archive
from catalog.actions.renewals import Renewed, renew
from catalog.actions.rules import set_rule
from catalog.models import MicroApp, Renewal, RuleSetting
from catalog.states import AppState
from portal.models import AuditEvent, Notification
from portal.notifications import notify
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app, make_connector
from tests.makers.portal import make_person
from tests.makers.usage import report
from tests.racing import race

pytestmark = pytest.mark.django_db
OPEN = NOW + timedelta(days=70)  # the term of 90 days ends in 20


@pytest.fixture
def app(owner, second_owner):
    return make_app(owner=owner, second_owner=second_owner)


def test_the_new_term_counts_from_the_old_end(app, owner):
    report(app, users=9, now=OPEN)
    renewed = renew(app, days=180, by=owner, now=OPEN)
    app.refresh_from_db()
    assert app.expires_on == date(2027, 2, 21) + timedelta(days=180)
    assert (renewed.renewal.days, renewed.renewal.was_used, renewed.already) == (180, True, False)
    event = AuditEvent.objects.get(verb="catalog.app_renewed")
    assert event.changes == {"expires_on": ["2027-02-21", app.expires_on.isoformat()]}


def test_the_facts_are_stored_as_said(app, owner):
    connector = make_connector("Payroll")
    app.connector_uses.create(connector=connector)
    app.hosts.create(host="api.example.org")
    renewal = renew(app, days=90, by=owner, now=OPEN).renewal
    assert renewal.facts == {
        "owner": "priya.nair@example.org",
        "second_owner": "tomas.ruiz@example.org",
        "purpose": app.purpose,
        "data_classification": "internal",
        "cost_centre": "410220",
        "connectors": ["payroll"],
        "hosts": ["api.example.org"],
        "apps": [],
    }


def test_it_opens_thirty_days_before_on_the_owners_day(owner, second_owner):
    owner.time_zone = "Pacific/Auckland"
    owner.save(update_fields=["time_zone"])
    app = make_app(owner=owner, second_owner=second_owner, expires_on=date(2027, 3, 31))
    opens = datetime(2027, 2, 28, 11, 0, tzinfo=UTC)  # the first minute of 1 March in Auckland
    with pytest.raises(InvalidTransition, match="opens on"):
        renew(app, days=90, by=owner, now=opens - timedelta(minutes=1))
    assert not renew(app, days=90, by=owner, now=opens).already


def test_the_rule_of_the_unit_decides_when_it_opens(app, owner, staff):
    RuleSetting.objects.create(key="renewal_opens", business_unit=app.business_unit, value=60, by=staff, reason="x")
    assert not renew(app, days=90, by=owner, now=NOW + timedelta(days=31)).already


def test_leap_days_count_like_any_other(owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner, expires_on=date(2028, 2, 28))
    renew(app, days=365, by=owner, now=datetime(2028, 2, 20, 9, 0, tzinfo=UTC))
    app.refresh_from_db()
    assert app.expires_on == date(2029, 2, 27)


def test_in_grace_it_still_counts_from_the_old_end(app, owner):
    renew(app, days=90, by=owner, now=NOW + timedelta(days=100))
    app.refresh_from_db()
    assert app.expires_on == date(2027, 2, 21) + timedelta(days=90)


def test_each_renewal_without_use_halves_the_term_down_to_the_shortest(app, owner, staff):
    set_rule("renewals_unused", unit=None, risk="", value=20, reason="", expected_version=0, by=staff, now=NOW)
    given, now = [], OPEN
    for _turn in range(3):
        report(app, users=0, now=now, days=200)
        renewed = renew(app, days=90, by=owner, now=now, reason="Needed in spring.")
        given.append(renewed.renewal.days)
        app.refresh_from_db()
        now = datetime.combine(app.expires_on - timedelta(days=5), NOW.timetz())
    assert given == [45, 30, 30]
    assert app.unused_renewals == 3
    report(app, users=9, now=now)
    assert renew(app, days=90, by=owner, now=now).renewal.days == 90
    app.refresh_from_db()
    assert app.unused_renewals == 0


def test_unknown_use_never_counts_as_unused(app, owner):
    app.unused_renewals = 2
    app.save(update_fields=["unused_renewals"])
    renewal = renew(app, days=180, by=owner, now=OPEN).renewal
    app.refresh_from_db()
    assert (renewal.was_used, renewal.days, app.unused_renewals) == (None, 180, 2)


def test_an_unused_app_needs_a_reason(app, owner):
    report(app, users=0, now=OPEN)
    with pytest.raises(InvalidTransition, match="say why"):
        renew(app, days=90, by=owner, now=OPEN)
    assert not Renewal.objects.exists()


def test_a_second_click_gets_the_same_result(app, owner):
    first = renew(app, days=90, by=owner, now=OPEN)
    again = renew(app, days=365, by=owner, now=OPEN + timedelta(seconds=1))  # `app` still shows the old end
    assert again.already
    assert again.renewal == first.renewal
    assert Renewal.objects.count() == 1


def test_a_term_seen_long_ago_is_refused(app, owner):
    with pytest.raises(InvalidTransition, match="has changed"):
        renew(app, days=90, by=owner, now=OPEN, term_end=date(2026, 1, 1))


@pytest.mark.parametrize("state", [AppState.DRAFT, AppState.IN_REVIEW, AppState.ARCHIVED, AppState.RETIRED])
def test_only_a_live_app_is_renewed(owner, second_owner, state):
    app = make_app(owner=owner, second_owner=second_owner, state=state)
    with pytest.raises(InvalidTransition):
        renew(app, days=90, by=owner, now=OPEN)


@pytest.mark.parametrize("who", ["owner", "second_owner", "staff", "admin"])
def test_these_hands_renew(request, app, who):
    assert not renew(app, days=90, by=request.getfixturevalue(who), now=OPEN).already


@pytest.mark.parametrize("who", ["manager", "reviewer", "board_member", "auditor", "outsider"])
def test_these_do_not(request, app, who):
    with pytest.raises(PermissionDenied):
        renew(app, days=90, by=request.getfixturevalue(who), now=OPEN)


def test_the_person_behind_a_service_renews(second_owner, outsider):
    app = make_app(owner=make_person("Robot", is_service=True, steward=outsider), second_owner=second_owner)
    assert not renew(app, days=90, by=outsider, now=OPEN).already


def test_renewing_closes_what_was_asked(app, owner):
    notify(owner, "term_ends", key="x", params={"app": app.name, "on": "x"}, asks=True, thing=app)
    renew(app, days=90, by=owner, now=OPEN)
    assert Notification.objects.get(kind="term_ends").closed_at == OPEN


def test_renewing_a_flagged_app_answers_the_flag(owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.FLAGGED)
    with pytest.raises(InvalidTransition):
        renew(app, days=90, by=owner, now=OPEN)
    renew(app, days=90, by=owner, now=OPEN, reason="The season starts in April.")
    app.refresh_from_db()
    assert app.state == AppState.ACTIVE
    assert app.flags.get().answer == "keep"


@pytest.mark.django_db(transaction=True)
def test_two_renewals_at_once_renew_once(owner, second_owner):
    for turn in range(12):
        app = make_app(f"App {turn}", owner=owner, second_owner=second_owner)
        results = race(
            lambda app=app: renew(app, days=90, by=owner, now=OPEN),
            lambda app=app: renew(app, days=365, by=second_owner, now=OPEN),
        )
        assert sorted(one.already for one in results) == [False, True], results
        app.refresh_from_db()
        assert app.expires_on == Renewal.objects.get(app=app).new_end


@pytest.mark.django_db(transaction=True)
def test_renewing_and_archiving_at_once_leaves_one_clear_state(owner, second_owner):
    for turn in range(12):
        app = make_app(f"App {turn}", owner=owner, second_owner=second_owner)
        renewed, archived = race(
            lambda app=app: renew(app, days=90, by=owner, now=OPEN),
            lambda app=app: archive(app, by=second_owner, now=OPEN, reason="Not needed."),
        )
        app = MicroApp.objects.get(pk=app.pk)
        assert app.state == AppState.ARCHIVED, archived
        if isinstance(renewed, Renewed):
            assert app.expires_on == renewed.renewal.new_end
        else:
            assert isinstance(renewed, InvalidTransition)
            assert not app.renewals.exists()
