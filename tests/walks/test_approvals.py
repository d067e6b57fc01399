"""An approval as each of its people walks it in the browser: requester, reviewer, delegate, and staff; and a policy by two."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from approvals.actions import starters
from approvals.actions.checks import check_things
from approvals.actions.stages import unanswered
from approvals.models import ApprovalRequest, Policy, PolicyException, PolicyVersion, RouteVersion
from approvals.models.policy_check import Cause
from approvals.stage_rules import Approver, StageRules, Who
from catalog.actions.submissions import SOURCE, submit
from catalog.models import MicroApp
from catalog.states import AppState
from portal.models import Absence, Job
from portal.models.user import Role
from tests.browser import SIZES, visit
from tests.makers.catalog import make_app

pytestmark = pytest.mark.browser


def ask(owner, second_owner, name="Key handover"):
    app = make_app(name, owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    return submit(app, by=owner, now=timezone.now())


@pytest.mark.parametrize("width", SIZES)
def test_a_delegate_and_a_second_stage(live_server, browser, owner, second_owner, reviewer, outsider, staff, width):
    """The reviewer is away; the delegate approves with a condition; staff approve the second stage; the owner reads it."""
    first = StageRules("Security", (Approver(Who.PERSON, str(reviewer.pk)),))
    second = StageRules("C4E", (Approver(Who.ROLE, Role.STAFF),))
    stages = [stage.as_json() for stage in (first, second)]
    RouteVersion.objects.create(kind="new_app", tier="low", number=1, stages=stages, reason="A test.", by=staff)
    today = timezone.localdate()
    Absence.objects.create(user=reviewer, starts_on=today, ends_on=today + timedelta(days=3), delegate=outsider)
    asked = ask(owner, second_owner)
    with visit(browser, live_server.url, outsider, width=width) as opened:
        page = opened.go("/approvals/").page
        page.locator("main").get_by_role("link", name="Key handover").first.click()
        expect(page.locator("#stages")).to_contain_text("in the place of Mei Chen")
        page.check("[name=outcome][value=conditional]")
        page.fill("#id_condition", "Name the stores that use it.")
        page.fill("#id_until", (today + timedelta(days=20)).isoformat())
        page.get_by_role("button", name="Preview the message").click()
        expect(page.locator("#message")).to_contain_text("Approved on a condition: Key handover")
        opened.check()
        page.get_by_role("button", name="Store the decision").click()
        expect(page.locator("#decisions")).to_contain_text("In the place of Mei Chen.")
        opened.check()
    asked.refresh_from_db()
    assert asked.state == "submitted"
    with visit(browser, live_server.url, staff, width=width) as opened:
        page = opened.go(asked.get_absolute_url()).page
        page.fill("#id_text", f"Thank you, @{outsider.email.split('@')[0]}.")
        page.get_by_role("button", name="Add the comment").click()
        expect(page.locator("#comments")).to_contain_text("told: Olga Petrova")
        page.check("[name=outcome][value=approved]")
        page.get_by_role("button", name="Store the decision").click()
        expect(page.locator("#conditions")).to_contain_text("Name the stores that use it.")
        opened.check()
    assert MicroApp.objects.get().state == AppState.ACTIVE
    with visit(browser, live_server.url, owner, width=width) as opened:
        page = opened.go(asked.get_absolute_url()).page
        expect(page.locator("#conditions")).to_contain_text("Name the stores that use it.")
        opened.check()
        opened.go(f"{asked.get_absolute_url()}evidence/").check()


def test_the_inbox_by_keyboard_and_together(live_server, browser, owner, second_owner, reviewer):
    for number in range(3):
        ask(owner, second_owner, f"App {number}")
    with visit(browser, live_server.url, reviewer) as opened:
        page = opened.go("/approvals/").page
        for key, name in (("j", "App 0"), ("j", "App 1"), ("k", "App 0")):
            page.keyboard.press(key)
            expect(page.get_by_role("link", name=name)).to_be_focused()
        page.check("#all-rows")
        expect(page.locator("[data-chosen]")).to_have_text("3 requests selected")
        page.get_by_role("button", name="Decide together").click()
        page.check("[name=outcome][value=approved]")
        opened.check()
    with visit(browser, live_server.url, reviewer) as opened:
        page = opened.go("/approvals/").page
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Take App 0 into the catalog?")
        opened.check()


def test_the_risk_follows_what_is_typed(live_server, browser, owner):
    with visit(browser, live_server.url, owner) as opened:
        page = opened.go("/apps/new/").page
        expect(page.locator("#forecast")).to_contain_text("Low risk")
        page.check("[name=data_classification][value=personal]")
        expect(page.locator("#forecast")).to_contain_text("It handles personal data.")
        page.fill("#id_hosts", "api.partner.example")
        page.locator("#id_hosts").blur()
        expect(page.locator("#forecast")).to_contain_text("Security → Legal and data → Business")
        opened.check()


@pytest.mark.parametrize("script", [True, False])
def test_a_policy_by_two_people(live_server, browser, staff, owner, second_owner, script):
    make_app(owner=owner, second_owner=second_owner)
    starters.load(now=timezone.now())
    with visit(browser, live_server.url, staff, script=script) as opened:
        page = opened.go("/approvals/policies/external-hosts/").page
        page.get_by_role("link", name="Write a version").click()
        page.check("[name=mode][value=enforce]")
        page.fill("#id_note", "From now on it holds.")
        page.get_by_role("button", name="Save and run the tests").click()
        expect(page.locator("#next")).to_contain_text("impact on today's apps is not known")
        if script:
            opened.check()
        page.get_by_role("button", name="Analyse the impact").click()
        expect(page.locator("h1")).to_contain_text("Impact of External hosts")
        assert Job.objects.filter(name="approvals.analyse_impact").exists()
    version = PolicyVersion.objects.get(number=2)
    assert (version.state, version.tests_pass) == ("draft", True)


@pytest.mark.parametrize("width", SIZES)
def test_an_exception_from_the_violation_to_the_register(
    live_server, browser, owner, second_owner, staff, board_member, width
):
    app = make_app("Key handover", owner=owner, second_owner=second_owner)
    app.hosts.create(host="api.partner.example")
    starters.load(now=timezone.now(), mode="enforce")
    policy = Policy.objects.select_related("active").get(slug="external-hosts")
    check_things(SOURCE, [app.pk], policies=[policy], cause=Cause.NIGHTLY, now=timezone.now())
    with visit(browser, live_server.url, owner, width=width) as opened:
        page = opened.go("/approvals/violations/").page
        page.locator("main").get_by_role("link", name="Key handover").first.click()
        page.get_by_role("link", name="Ask for an exception").click()
        page.get_by_role("button", name="Ask for it").click()
        expect(page.locator("[data-error-summary]")).to_be_focused()
        opened.expected(422)
        opened.check()
        page.fill("#id_reason", "The vendor moves in spring.")
        page.fill("#id_compensating_control", "A clerk compares the totals.")
        page.fill("#id_ends_on", (timezone.localdate() + timedelta(days=60)).isoformat())
        page.get_by_role("button", name="Ask for it").click()
        expect(page.locator("main")).to_contain_text("Those who decide have it.")
        opened.check()
    request = ApprovalRequest.objects.get(kind="exception")
    while request.state == "submitted":
        with visit(browser, live_server.url, unanswered(request)[0].user, width=width) as opened:
            page = opened.go(request.get_absolute_url()).page
            page.check("[name=outcome][value=approved]")
            page.get_by_role("button", name="Store the decision").click()
            expect(page.locator("#decisions")).to_contain_text("Approved")
        request.refresh_from_db()
    assert PolicyException.objects.get().state == "active"
    with visit(browser, live_server.url, board_member, width=width) as opened:
        page = opened.go("/approvals/exceptions/").page
        expect(page.locator("main")).to_contain_text("Key handover")
        opened.check()
