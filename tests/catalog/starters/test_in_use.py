"""What people meet in the shipped apps: samples, messages beside fields, undo from the keyboard, copies, a chart on a phone."""

import json

import pytest

from catalog.starters.compose import VERSIONS
from tests.browser import Visit
from tests.catalog.starters.test_starters import app

pytestmark = pytest.mark.browser
HOLDERS = {"form": "#list li", "approval": "article"}
each_holder = pytest.mark.parametrize("kind", HOLDERS)
each_version = pytest.mark.parametrize("version", VERSIONS)


@pytest.fixture
def open_app(browser, serve):
    """Opens an app, made with its defaults, in a fresh browser."""
    contexts = []

    def start(kind, version, **context):
        url = serve(app(kind, version, "defaults"))
        contexts.append(browser.new_context(**{"viewport": {"width": 390, "height": 844}, **context}))
        page = contexts[-1].new_page()
        page.goto(url)
        page.wait_for_load_state("networkidle")
        return page

    yield start
    for context in contexts:
        context.close()


@each_version
@each_holder
def test_samples_stand_there_until_they_are_cleared(open_app, kind, version):
    page = open_app(kind, version)
    samples = page.locator(HOLDERS[kind]).count()
    assert samples >= 2
    assert page.locator("#export").is_hidden()
    page.click("#clear")
    page.reload()
    assert page.locator(HOLDERS[kind]).count() == 0
    assert page.locator("#samples").is_hidden()


@each_version
@each_holder
def test_undo_is_one_step_away_for_the_keyboard(open_app, kind, version):
    page = open_app(kind, version)
    samples = page.locator(HOLDERS[kind]).count()
    page.focus("#clear")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "said"
    assert page.locator("#said").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(HOLDERS[kind]).count() == samples
    assert page.evaluate("document.activeElement.id") == "said"


@each_version
@each_holder
def test_what_is_said_stays_in_sight(open_app, kind, version):
    page = open_app(kind, version)
    page.evaluate("scrollTo(0, 0)")
    page.locator("form button").first.click()
    box = page.locator("#said").bounding_box()
    assert "put right" in page.inner_text("#said")
    assert box["y"] >= 0 and box["y"] + box["height"] <= 844


@each_version
@each_holder
def test_a_message_belongs_to_its_field(open_app, kind, version):
    page = open_app(kind, version)
    page.locator("form button").first.click()
    first = page.locator("form [name]").first
    assert first.get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.activeElement.name") == first.get_attribute("name")
    for told in first.get_attribute("aria-describedby").split():
        assert page.locator(f"[id='{told}']").inner_text()
    assert Visit(page, "").axe() == []


def test_a_decision_that_may_not_be_says_so_beside_its_field(open_app):
    page = open_app("approval", VERSIONS[-1])
    card = page.locator("article", has_text="Mia Berg")
    card.locator("[name=by]").fill("mia berg")
    card.get_by_role("button", name="Approve").click()
    assert "themselves" in card.locator(".error").inner_text()
    card.locator("[name=by]").fill("Ben")
    card.get_by_role("button", name="Refuse").click()
    assert card.locator(".error").count() == 1
    assert page.evaluate("document.activeElement.name") == "reason"


@each_version
@each_holder
def test_a_copy_opens_in_another_browser(open_app, kind, version, tmp_path_factory):
    page = open_app(kind, version)
    page.click("summary")
    with page.expect_download() as download:
        page.click("text=Save a copy")
    copy = tmp_path_factory.mktemp("copy") / "copy.json"
    download.value.save_as(copy)
    rows = json.loads(copy.read_text())
    page.click("#clear")
    page.set_input_files("#copy", copy)
    page.get_by_text("copy.json is open.").wait_for()
    assert page.locator(HOLDERS[kind]).count() == len(rows)
    copy.write_text(json.dumps([{"number": "1"}]))
    page.set_input_files("#copy", copy)
    page.get_by_text("no copy of this app").wait_for()
    assert page.locator(HOLDERS[kind]).count() == len(rows)


@each_version
def test_a_number_is_given_once(open_app, version):
    page = open_app("form", version)
    for _again in range(2):
        page.select_option("#topic", index=1)
        page.fill("#text", "The lamp over my desk is dark.")
        page.fill("#due", "2099-01-01")
        page.click("text=Send the request")
        number = page.locator("#list strong").inner_text()
        page.click("text=Remove")
    assert number.startswith("2.")


@each_version
def test_the_chart_is_read_on_a_phone_and_over_a_year(open_app, version, tmp_path_factory):
    page = open_app("dashboard", version)
    year = tmp_path_factory.mktemp("csv") / "year.csv"
    year.write_text("Week;Sales 2026\n" + "".join(f"Week {week};{week},5\n" for week in range(1, 53)))
    for weeks in (7, 52):
        if weeks == 52:
            page.set_input_files("#file", year)
            page.get_by_text("year.csv is shown.").wait_for()
        assert page.locator(".bar").count() == weeks
        for letters in (".period", ".value"):
            boxes = [text.bounding_box() for text in page.locator(letters).all()]
            assert len(boxes) >= 3 and min(box["height"] for box in boxes) >= 12
            gaps = [two["x"] - one["x"] - one["width"] for one, two in zip(boxes, boxes[1:], strict=False)]
            assert min(gaps) >= 0, (letters, gaps)
            assert boxes[-1]["x"] + boxes[-1]["width"] <= 390
    assert "52.5" in page.inner_text("#verdict")


@each_version
def test_the_chart_follows_its_window(open_app, version):
    page = open_app("dashboard", version)
    assert page.evaluate("document.querySelector('.chart').viewBox.baseVal.width") < 390
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_function("document.querySelector('.chart').viewBox.baseVal.width > 600")
    assert page.locator(".period").count() == 7
