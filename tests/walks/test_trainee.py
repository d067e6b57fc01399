"""A trainee earns a badge: by pointer, on a phone without script, and by keyboard alone; and staff keep a course."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import SIZES, visit
from tests.makers.training import make_award, make_certification, make_course
from training.models import Attempt, Award, CourseVersion, Enrolment

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
MOST_TABS = 150


@pytest.fixture(autouse=True)
def course(live_server):
    course = make_course()
    make_certification(course)
    return course


def answer_all(page: "Page") -> None:
    """Every question rightly, as the texts of the course say it."""
    page.get_by_label("This").check()
    page.get_by_label("A", exact=True).check()
    page.get_by_label("B", exact=True).check()
    page.get_by_label("True").check()
    for place, item in enumerate(("First", "Second", "Third"), start=1):
        page.get_by_label(item, exact=True).select_option(str(place))
    page.get_by_label("Cat").select_option(label="Purrs")
    page.get_by_label("Dog").select_option(label="Barks")
    page.get_by_label("How many?").fill("90")
    page.get_by_label("Which word?").fill("Connector")


@pytest.mark.parametrize("width", SIZES)
def test_from_the_catalog_to_the_badge(live_server, browser, owner, width):
    with visit(browser, live_server.url, owner, width=width) as opened:
        page = opened.go("/courses/").page
        page.get_by_role("link", name="Basics").first.click()
        page.get_by_role("button", name="Begin").click()
        opened.check()
        for _lesson in range(2):
            page.get_by_role("button", name="Done, go on").click()
        page.get_by_role("link", name="Go on to the quiz").first.click()
        page.get_by_role("button", name="Begin the quiz").click()
        answer_all(page)
        expect(page.locator("#saved")).to_contain_text("Saved: 7 of 7 answered")
        opened.check()
        page.reload()  # a closed laptop
        expect(page.locator("#saved")).to_contain_text("7 of 7 answered")
        page.get_by_role("button", name="Hand in").click()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(page.get_by_role("heading", level=1)).to_have_text("Passed")
        opened.check()
        opened.go(Award.objects.get().get_absolute_url()).check()
        with page.expect_download() as download:
            page.get_by_role("link", name="PNG").click()
        assert download.value.suggested_filename == "basics-badge.png"


def test_on_a_phone_without_script(live_server, browser, owner):
    with visit(browser, live_server.url, owner, width=390, script=False) as opened:
        page = opened.go("/courses/basics/").page
        page.get_by_role("button", name="Begin").click()
        for _lesson in range(2):
            page.get_by_role("button", name="Done, go on").click()
        opened.go("/courses/basics/quiz/")
        page.get_by_role("button", name="Begin the quiz").click()
        answer_all(page)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Saved. You can close the page")).to_be_visible()
        page.get_by_role("button", name="Hand in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Passed")
        assert Award.objects.get().user == owner and not opened.problems


def tab_to(page: "Page", test: str) -> None:
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => {{ const at = document.activeElement; return Boolean({test}) }}"):
            return
    pytest.fail(f"{test} is not reached by {MOST_TABS} presses of Tab")


def test_the_quiz_by_keyboard_alone(live_server, browser, owner):
    with visit(browser, live_server.url, owner) as opened:
        page = opened.go("/courses/basics/quiz/").page
        tab_to(page, "at.textContent.includes('Begin the quiz')")
        page.keyboard.press("Enter")
        page.wait_for_url("**/attempts/*/")
        tab_to(page, "at.name && at.closest('fieldset').textContent.includes('Is it so?')")
        page.keyboard.press("Space")
        expect(page.locator("#saved")).to_contain_text("Saved: 1 of 7 answered")
        tab_to(page, "at.textContent.includes('Hand in')")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Not passed yet")
        assert Attempt.objects.get().items.exclude(answer=None).count() == 1


def test_a_stranger_reads_one_sentence_and_nothing_is_fetched_but_styles(live_server, browser, owner):
    award = make_award(owner, slug="public")
    with visit(browser, live_server.url) as opened:
        kinds: list[str] = []
        opened.page.on("request", lambda request: kinds.append(request.resource_type))
        opened.go(f"/verify/{award.public_id}/").check()
        expect(opened.page.get_by_role("heading", level=1)).to_contain_text("Valid: ")
        assert "script" not in kinds and "xhr" not in kinds


@pytest.mark.parametrize("width", SIZES)
def test_staff_change_a_lesson_and_publish_it(live_server, browser, staff, owner, width):
    with visit(browser, live_server.url, staff, width=width) as opened:
        page = opened.go("/console/courses/").page
        page.get_by_role("link", name="Basics").click()
        page.get_by_role("link", name="lessons/01-first.md").click()
        area = page.get_by_label("Text")
        area.fill(area.input_value().replace("A heading", "A better heading"))
        page.get_by_role("button", name="Preview").click()
        expect(page.get_by_role("heading", name="A better heading")).to_be_visible()
        page.get_by_role("button", name="Save in the draft").click()
        page.get_by_role("link", name="Basics").last.click()
        page.get_by_label("What is new").fill("A better heading.")
        page.get_by_role("button", name="Publish", exact=True).click()
        expect(page.get_by_text("Version 2 is published")).to_be_visible()
        opened.check()
    assert CourseVersion.objects.get(number=2).note == "A better heading."
    assert not Enrolment.objects.exists()
