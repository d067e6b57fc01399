"""A maker brings an app from the empty form to its approval: by pointer, without script, and by keyboard alone."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from catalog.models import MicroApp
from catalog.states import AppState
from portal.models import User
from tests.browser import SIZES, visit
from tests.makers.catalog import make_app
from tests.makers.portal import make_cost_centre

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SEND, DRAFT = "Save and send for review", "Save as draft"
# Which keys reach the app's own page from the keyboard are counted, so that a trap fails instead of hanging.
MOST_TABS = 120


@pytest.fixture(autouse=True)
def company(owner, second_owner):
    make_cost_centre()


def contract(second_owner: User, /, **changes: str) -> dict[str, str]:
    """What is typed; the rest is filled from the profile."""
    return {
        "name": "Key handover",
        "purpose": "Keys of a store change hands with a signature.",
        "justification": "No locksmith was called since it runs.",
        "second_owner": second_owner.email,
        "cost_centre": "410220",
        "audience_size": "40",
        **changes,
    }


def describe(page: "Page", values: dict[str, str]) -> None:
    for name, text in values.items():
        page.fill(f"#id_{name}", text)
    page.check("#id_needs_nothing")


def tab_to(page: "Page", test: str) -> None:
    """Press Tab until the element with the focus passes the script `test`."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => {{ const at = document.activeElement; return Boolean({test}) }}"):
            return
    pytest.fail(f"{test} is not reached by {MOST_TABS} presses of Tab")


@pytest.mark.parametrize("width", SIZES)
def test_a_mistake_is_put_right_and_the_app_is_approved(
    live_server, browser, owner, second_owner, reviewer, width
):  # fmt: skip
    with visit(browser, live_server.url, owner, width=width) as opened:
        page = opened.go("/apps/").page
        page.get_by_role("link", name="New app").click()
        describe(page, contract(second_owner, cost_centre="12"))
        page.get_by_role("button", name=SEND).click()
        summary = page.locator("[data-error-summary]")
        expect(summary).to_be_focused()
        expect(summary).to_contain_text("A cost centre has 6 digits")
        assert not MicroApp.objects.exists()
        opened.expected(422)
        opened.check()
        summary.get_by_role("link").first.click()
        expect(page.locator("#id_cost_centre")).to_be_focused()
        assert page.input_value("#id_purpose") == contract(second_owner)["purpose"]
        page.fill("#id_cost_centre", "410220")
        page.get_by_role("button", name=SEND).click()
        expect(page.locator("h1")).to_have_text("Key handover")
        assert MicroApp.objects.get().state == AppState.IN_REVIEW
        opened.check()
    with visit(browser, live_server.url, reviewer, width=width) as opened:
        page = opened.go("/approvals/").page
        page.locator("main").get_by_role("link", name="Key handover").first.click()
        page.get_by_role("button", name="Store the decision").click()
        expect(page.locator("[data-error-summary]")).to_be_focused()
        opened.expected(422)
        opened.check()
        page.check("[name=outcome][value=approved]")
        page.get_by_role("button", name="Store the decision").click()
        expect(page.get_by_role("button", name="Store the decision")).to_have_count(0)
        opened.check()
    assert MicroApp.objects.get().state == AppState.ACTIVE
    with visit(browser, live_server.url, owner, width=width) as opened:
        opened.go("/apps/mine/").page.locator("main").get_by_role("link", name="Key handover").first.click()
        expect(opened.page.locator("h1")).to_have_text("Key handover")
        opened.check()


@pytest.mark.parametrize("width", SIZES)
def test_without_script(live_server, browser, owner, second_owner, reviewer, width):
    with visit(browser, live_server.url, owner, width=width, script=False) as opened:
        page = opened.go("/apps/new/").page
        describe(page, contract(second_owner, second_owner=owner.email))
        page.get_by_role("button", name=DRAFT).click()
        expect(page.locator("[data-error-summary]")).to_contain_text("somebody else")
        page.fill("#id_second_owner", second_owner.email)
        page.get_by_role("button", name=DRAFT).click()
        expect(page.locator("h1")).to_have_text("Key handover")
        page.get_by_role("link", name="Send for review").click()
        expect(page.locator("#risk")).to_contain_text("Low risk")
        page.get_by_role("button", name="Send for review").click()
        expect(page.locator("h1")).to_have_text("Take Key handover into the catalog?")
        assert MicroApp.objects.get().state == AppState.IN_REVIEW
    with visit(browser, live_server.url, reviewer, width=width, script=False) as opened:
        page = opened.go("/approvals/").page
        page.locator("main").get_by_role("link", name="Key handover").first.click()
        page.get_by_label("Send back").check()
        page.fill("#id_reason", "Name the stores that use it.")
        page.get_by_role("button", name="Store the decision").click()
        expect(page.locator("main")).to_contain_text("Sent back")
    assert MicroApp.objects.get().state == AppState.DRAFT


def test_the_form_by_keyboard_alone(live_server, browser, owner, second_owner):
    with visit(browser, live_server.url, owner) as opened:
        page = opened.go("/apps/new/").page
        for name, text in contract(second_owner).items():
            tab_to(page, f"at.id === 'id_{name}'")
            page.keyboard.press("Control+a")
            page.keyboard.type(text)
        tab_to(page, "at.id === 'id_needs_nothing'")
        page.keyboard.press("Space")
        tab_to(page, f"at.matches('main button') && at.textContent.includes('{DRAFT}')")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Key handover")
        assert not opened.problems
    assert MicroApp.objects.get().state == AppState.DRAFT


def test_an_app_by_the_palette_and_the_keyboard_alone(live_server, browser, owner, second_owner):
    make_app("Shift swap", owner=owner, second_owner=second_owner)
    with visit(browser, live_server.url, owner) as opened:
        page = opened.go("/").page
        page.keyboard.press("Control+k")
        page.wait_for_selector("#palette[open] input")
        page.keyboard.type("shift sw")
        hit = page.locator("#palette a.hit").first
        expect(hit).to_contain_text("Shift swap")
        page.keyboard.press("ArrowDown")
        expect(hit).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main h1")).to_have_text("Shift swap")
        opened.check()
