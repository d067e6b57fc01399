"""A maker clones a template: from the marketplace to the app, by pointer, and by keyboard alone on a phone without script."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from catalog.models import Clone
from portal import jobs
from tests.browser import SIZES, visit
from tests.makers import wizard
from tests.makers.marketplace import make_template
from tests.walks.test_trainee import tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def template(live_server):
    return make_template(("1.0.0",))


def type_in(page: "Page", name: str, value: str) -> None:
    """Go to the field by Tab and fill it with keys."""
    tab_to(page, f"at.name === {name!r}")
    field = page.locator(":focus")
    kind = field.evaluate("(at) => at.tagName === 'SELECT' ? 'select' : at.type")
    if kind == "checkbox":
        if not field.is_checked():
            page.keyboard.press("Space")
    elif kind == "radio":
        while field.input_value() != value:
            page.keyboard.press("ArrowDown")
            field = page.locator(":focus")
    elif kind == "select":
        page.keyboard.type(field.locator(f"option[value='{value}']").inner_text())
    else:
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.type(value)


def press(page: "Page", words: str) -> None:
    tab_to(page, f"at.textContent.includes({words!r})")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_by_keyboard_alone_on_a_phone_without_script(live_server, browser, owner, second_owner):
    with visit(browser, live_server.url, owner, width=390, script=False) as opened:
        page = opened.go("/templates/").page
        press(page, "Leave approval")
        press(page, "Clone template")
        for fields in wizard.steps(owner, second_owner).values():
            for name, value in fields.items():
                if isinstance(value, str) and value:
                    type_in(page, name, value)
            press(page, "Save and continue")
        press(page, "Make the app")
        jobs.drain()
        page.reload()
        press(page, "See the result")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Leave desk is made")
        assert Clone.objects.get().app.owner == owner and not opened.problems


def fill(page: "Page", name: str, value: str) -> None:
    field = page.locator(f"#step-form [name={name}]:visible").first
    kind = field.evaluate("(at) => at.tagName === 'SELECT' ? 'select' : at.type")
    if kind == "select":
        field.select_option(value)
    elif kind in ("checkbox", "radio"):
        page.locator(f"#step-form [name={name}]").and_(page.locator(f"[value='{value}']")).check()
    else:
        field.fill(value)


@pytest.mark.parametrize("width", SIZES)
def test_from_the_marketplace_to_the_app(live_server, browser, owner, second_owner, width):
    with visit(browser, live_server.url, owner, width=width) as opened:
        page = opened.go("/templates/").page
        page.locator("main").get_by_role("link", name="Leave approval").first.click()
        page.get_by_role("button", name="Clone template").click()
        for fields in wizard.steps(owner, second_owner).values():
            for name, value in fields.items():
                if isinstance(value, str) and value:
                    fill(page, name, value)
            expect(page.locator("#forecast")).to_contain_text("risk")
            opened.check()
            page.get_by_role("button", name="Save and continue").click()
        opened.check()
        page.get_by_role("button", name="Make the app and send it for review").click()
        jobs.drain()
        page.get_by_role("link", name="See the result").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Leave desk is made")
        opened.check()
        opened.go(Clone.objects.get().app.get_absolute_url()).check()
    assert Clone.objects.get().app.state == "in_review"
