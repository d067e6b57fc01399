"""Exceptions from asking to their end, and exactly what they suppress."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from approvals.actions import exceptions
from approvals.actions.decisions import decide
from approvals.actions.exceptions import KIND, Terms, run_out
from approvals.actions.requests import withdraw
from approvals.actions.stages import unanswered
from approvals.check_sources import source_for
from approvals.models import ApprovalRequest, PolicyException, Violation
from catalog.actions.submissions import SOURCE
from catalog.models import ConnectorUse, MicroApp
from portal.models import BusinessUnit, Notification, User
from portal.states import InvalidTransition
from tests.approvals.actions.test_checks import bad_app, check, enforced, policy  # noqa: F401  (fixtures)
from tests.makers.catalog import NOW, make_app, make_connector

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def terms(days=60, reason="The vendor moves in spring."):
    return Terms(reason, "A clerk compares the totals.", NOW.date() + days * DAY)


def thing_of(app):
    return source_for(SOURCE).things([app.pk], now=NOW)[0]


def ask(policy, scope, by, days=60, **more):  # noqa: F811
    scope = scope if isinstance(scope, BusinessUnit) else thing_of(scope)
    return exceptions.ask(policy, scope, terms=terms(days), by=by, now=NOW, **more)


def settle(row, outcome="approved", now=NOW):
    """By whoever is asked, through every stage."""
    request = ApprovalRequest.objects.open().about(KIND, row.pk).get()
    while request.state == "submitted":
        approver = unanswered(request).first().user
        request = decide(request, outcome=outcome, reason="Seen.", by=approver, now=now)
    row.refresh_from_db()
    return row


def state_of(app):
    return Violation.objects.get(subject_id=app.pk).state


@pytest.fixture
def violating(enforced, bad_app):  # noqa: F811
    check(enforced, bad_app)
    assert state_of(bad_app) == "open"
    return bad_app


def test_from_asking_to_the_end(enforced, violating, owner, staff, reviewer):  # noqa: F811
    row = ask(enforced, violating, owner)
    assert state_of(violating) == "open"  # asking alone suppresses nothing
    settle(row)
    assert (row.state, state_of(violating)) == ("active", "excepted")
    assert not Notification.objects.filter(kind="violation_opened", closed_at=None).exists()
    check(enforced, violating, now=NOW + DAY)
    assert Violation.objects.count() == 1
    assert state_of(violating) == "excepted"
    for _turn in range(2):
        run_out(now=NOW + 50 * DAY)
        assert Notification.objects.filter(kind="exception_ends", user=owner).count() == 1
    for _turn in range(2):
        run_out(now=NOW + 61 * DAY)
        row.refresh_from_db()
        assert (row.state, state_of(violating)) == ("ended", "open")
    violation = Violation.objects.get()
    assert violation.due_at > NOW + 61 * DAY
    assert Notification.objects.filter(kind="violation_opened", user=owner, closed_at=None).count() == 1
    assert Notification.objects.filter(kind="exception_ended", user=owner).count() == 1
    assert list(PolicyException.objects.overdue((NOW + 61 * DAY).date())) == [row]


def test_it_suppresses_exactly_its_violation(enforced, violating, owner, second_owner, staff, reviewer):  # noqa: F811
    other = make_app("Other", owner=owner, second_owner=second_owner)
    ConnectorUse.objects.create(app=other, connector=make_connector("Another"))
    MicroApp.objects.filter(pk=other.pk).update(data_classification="personal")
    check(enforced, other)
    settle(ask(enforced, violating, owner))
    assert (state_of(violating), state_of(other)) == ("excepted", "open")


def test_for_a_unit_it_covers_everything_below(enforced, violating, owner, staff, reviewer):  # noqa: F811
    top = BusinessUnit.objects.create(name="Top", code="top", lead=owner)
    BusinessUnit.objects.filter(pk=violating.business_unit_id).update(parent=top)
    row = settle(ask(enforced, top, owner))
    assert (row.owner, state_of(violating)) == (owner, "excepted")


def test_closing_early_opens_it_again(enforced, violating, owner, outsider, staff, reviewer):  # noqa: F811
    row = settle(ask(enforced, violating, owner))
    with pytest.raises(PermissionDenied):
        exceptions.close(row, reason="Done.", by=outsider, now=NOW)
    exceptions.close(row, reason="We are done.", by=owner, now=NOW + DAY)
    assert state_of(violating) == "open"
    with pytest.raises(InvalidTransition):
        exceptions.close(row, reason="Again.", by=owner, now=NOW + DAY)


def test_what_is_put_right_closes_under_an_exception_too(enforced, violating, owner, staff, reviewer):  # noqa: F811
    settle(ask(enforced, violating, owner))
    MicroApp.objects.update(data_classification="internal")
    check(enforced, violating, now=NOW + DAY)
    assert state_of(violating) == "closed"


def test_a_renewal_is_a_new_request_and_takes_over(enforced, violating, owner, staff, reviewer):  # noqa: F811
    first = settle(ask(enforced, violating, owner, days=20))
    second = ask(enforced, violating, owner, days=90, renews=first)
    assert ApprovalRequest.objects.filter(kind=KIND).count() == 2
    settle(second)
    first.refresh_from_db()
    assert (first.state, second.state, state_of(violating)) == ("ended", "active", "excepted")
    run_out(now=NOW + 30 * DAY)
    assert state_of(violating) == "excepted"
    assert not PolicyException.objects.overdue((NOW + 30 * DAY).date()).exists()


@pytest.mark.parametrize("outcome", ["refused"])
def test_a_no_changes_nothing(enforced, violating, owner, staff, reviewer, outcome):  # noqa: F811
    row = settle(ask(enforced, violating, owner), outcome)
    assert (row.state, state_of(violating)) == ("declined", "open")


def test_sent_back_changed_and_asked_again(enforced, violating, owner, staff, reviewer):  # noqa: F811
    row = settle(ask(enforced, violating, owner), "returned")
    assert row.state == "asked"
    again = exceptions.ask_again(row, terms=terms(30, "The vendor moves in March."), by=owner, now=NOW)
    request = ApprovalRequest.objects.about(KIND, row.pk).get()
    assert (request.revision, request.state) == (2, "submitted")
    assert settle(again).ends_on == NOW.date() + 30 * DAY


def test_withdrawn_it_is_not_granted_and_can_be_asked_anew(enforced, violating, owner, staff, reviewer):  # noqa: F811
    row = ask(enforced, violating, owner)
    with pytest.raises(InvalidTransition, match="asked for already"):
        ask(enforced, violating, owner)
    withdraw(ApprovalRequest.objects.about(KIND, row.pk).get(), by=owner, now=NOW)
    assert ask(enforced, violating, owner).pk != row.pk


@pytest.mark.parametrize("days", [0, -1, 181])
def test_every_exception_ends_within_the_limit(enforced, violating, owner, days):  # noqa: F811
    with pytest.raises(InvalidTransition, match="Choose a last day"):
        ask(enforced, violating, owner, days=days)
    assert not PolicyException.objects.exists()


def test_an_answer_after_the_last_day_is_refused(enforced, violating, owner, staff, reviewer):  # noqa: F811
    row = ask(enforced, violating, owner, days=1)
    with pytest.raises(InvalidTransition, match="has passed"):
        settle(row, now=NOW + 5 * DAY)
    row.refresh_from_db()
    assert row.state == "asked"


def test_who_may_ask_and_who_never_decides(enforced, violating, owner, second_owner, outsider, staff, reviewer):  # noqa: F811
    with pytest.raises(PermissionDenied):
        ask(enforced, violating, outsider)
    with pytest.raises(PermissionDenied):
        ask(enforced, violating.business_unit, owner)
    row = ask(enforced, violating, staff)  # staff ask for others, and then do not decide
    request = ApprovalRequest.objects.about(KIND, row.pk).get()
    assert staff.pk not in {one.user_id for one in unanswered(request)}
    assert owner.pk not in {one.user_id for one in unanswered(request)}


def test_the_database_refuses_an_exception_granted_by_its_owner(enforced, violating, owner):  # noqa: F811
    row = ask(enforced, violating, owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyException.objects.filter(pk=row.pk).update(granted_by=owner, granted_at=NOW)


def test_a_covered_policy_raises_no_risk(enforced, violating, owner, staff, reviewer):  # noqa: F811
    settle(ask(enforced, violating, owner))
    renewed = ask(enforced, violating, owner, days=90)
    request = ApprovalRequest.objects.about(KIND, renewed.pk).get()
    assert "failing" not in {factor["key"] for factor in request.assessments.get().factors}


def test_the_page_asks_renews_and_closes(client, enforced, violating, owner, outsider, staff, reviewer):  # noqa: F811
    violation = Violation.objects.get()
    client.force_login(owner)
    page = client.get(violation.get_absolute_url()).content.decode()
    url = f"/approvals/policies/{enforced.slug}/exception/?kind={SOURCE}&id={violating.pk}"
    assert url.replace("&", "&amp;") in page
    words = {"reason": "It moves.", "compensating_control": "We look weekly."}
    assert client.post(url, words).status_code == 422
    day = (timezone.localdate() + 30 * DAY).isoformat()
    assert client.post(url, {**words, "ends_on": day}).status_code == 303
    assert client.post(url, {**words, "ends_on": day}).status_code == 422  # asked already
    row = PolicyException.objects.get()
    assert "Those who decide have it" in client.get(row.get_absolute_url()).content.decode()
    client.force_login(outsider)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(url).status_code == 403
    client.force_login(User.objects.get(pk=staff.pk))
    assert "It moves." in client.get("/approvals/exceptions/?tab=asked").content.decode()
    assert "It moves." in b"".join(client.get("/approvals/exceptions/export/").streaming_content).decode()
