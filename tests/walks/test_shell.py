"""What the shell does by itself, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.browser import visit

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(live_server, browser, staff):
    with visit(browser, live_server.url, staff) as opened:
        yield opened.go("/components/")
        assert not opened.problems


@pytest.fixture
def phone(live_server, browser, staff):
    with visit(browser, live_server.url, staff, width=390) as opened:
        yield opened.go("/components/")
        assert not opened.problems


def theme(opened):
    return opened.page.evaluate("() => document.documentElement.dataset.theme")


def test_the_theme_changes_at_once_and_is_kept(desk):
    desk.page.click("button.avatar")
    with desk.page.expect_response("**/theme/"):
        desk.page.click("#me button[value=dark]")
    assert theme(desk) == "dark"
    desk.page.reload()
    assert theme(desk) == "dark"


def test_the_account_menu_passes_axe_and_signs_out(desk, live_server):
    desk.page.click("button.avatar")
    assert desk.axe() == []
    desk.page.click("#me >> text=Sign out")
    expect(desk.page.locator("h1")).to_have_text("Sign in")


def test_the_drawer_opens_and_closes_on_a_phone(phone):
    assert not phone.page.is_visible("#nav")
    phone.page.click("button.nav-open")
    assert phone.page.is_visible("#nav")
    assert phone.axe() == []
    phone.page.click("#nav button[popovertargetaction=hide]")
    assert not phone.page.is_visible("#nav")


def test_the_skip_link_is_the_first_stop(desk):
    desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("() => document.activeElement.textContent") == "Skip to content"
    desk.page.keyboard.press("Enter")
    assert desk.page.evaluate("() => document.activeElement.id") == "main"


def test_the_palette_searches_and_gives_the_focus_back(desk):
    page = desk.page
    page.focus("#id_name")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open] input")
    # At once: on a busy machine letters come slower than the pause, and htmx logs each search that is overtaken.
    page.keyboard.insert_text("audit")
    hit = page.locator("#palette a.hit").first
    expect(hit).to_contain_text("Audit log")
    assert desk.axe() == []
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#id_name")).to_be_focused()


def test_a_question_mark_lists_the_keys(desk):
    desk.page.keyboard.press("?")
    desk.page.wait_for_selector("#shortcuts[open] kbd")
    assert desk.axe() == []
    desk.page.keyboard.press("Escape")
    assert not desk.page.is_visible("#shortcuts")


def test_g_then_a_letter_goes_there(desk):
    desk.page.keyboard.press("g")
    desk.page.keyboard.press("h")
    expect(desk.page.locator(".sidebar a[aria-current]")).to_have_text("Home")


def test_single_keys_do_nothing_in_a_field_or_when_turned_off(live_server, browser, staff):
    with visit(browser, live_server.url, staff) as opened:
        opened.go("/components/").page.focus("#id_name")
        opened.page.keyboard.press("?")
        assert not opened.page.is_visible("#shortcuts")
        staff.single_key_shortcuts = False
        staff.save()
        opened.go("/components/").page.keyboard.press("?")
        opened.page.wait_for_timeout(200)
        assert not opened.page.is_visible("#shortcuts")


def test_a_chart_is_read_by_arrow_keys_and_by_pointer(desk):
    page = desk.page
    page.focus("#c-line .canvas")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.inner_text("#c-line [role=status]") == "Feb: Sanctioned apps 101, Unsanctioned discoveries 72"
    page.hover("#c-line .hit >> nth=8")
    assert "–" in page.inner_text("#c-line .tip")
    page.click("#c-line summary")
    assert page.is_visible("#c-line table")
    assert desk.axe() == []


def test_one_box_selects_all_and_the_number_is_said(desk):
    page, said = desk.page, desk.page.locator("[data-chosen]")
    page.check("[data-row] >> nth=0")
    expect(said).to_have_text("1 app chosen")
    assert page.evaluate("() => document.querySelector('[data-all]').indeterminate")
    page.click("[data-all]")
    expect(said).to_have_text("3 apps chosen")
    page.click("[data-all]")
    expect(said).to_have_text("0 apps chosen")


def test_a_failed_fragment_leaves_the_page_and_says_why(desk):
    page = desk.page
    page.evaluate("() => { htmx.ajax('GET', '/no/such/page/', '#c-line') }")
    toast = page.locator(".toast")
    expect(toast).to_contain_text("There is no page at this address.")
    assert page.is_visible("#c-line .plot")
    assert desk.axe() == []
    toast.locator("button").click()
    expect(toast).to_have_count(0)
    desk.problems[:] = [text for text in desk.problems if "404" not in text]


def test_a_lost_connection_can_be_tried_again(desk):
    page = desk.page
    page.route("**/help/", lambda route: route.abort())
    page.evaluate("() => { htmx.ajax('GET', '/help/', '#c-line') }")
    expect(page.locator(".toast")).to_contain_text("The site cannot be reached.")
    page.unroute("**/help/")
    page.click(".toast >> text=Retry")
    page.wait_for_selector("#c-line h1, #c-line .cards")
    desk.problems.clear()


def test_an_error_summary_takes_the_focus_and_leads_to_its_field(live_server, browser, db):
    with visit(browser, live_server.url) as opened:
        opened.go("/accounts/login/").page.click("main form button >> nth=0")
        opened.page.wait_for_selector("[data-error-summary]")
        assert opened.page.evaluate("() => document.activeElement.hasAttribute('data-error-summary')")
        opened.page.click("[data-error-summary] a >> nth=0")
        assert opened.page.evaluate("() => document.activeElement.id") == "id_login"
        opened.check()


def test_two_presses_send_one_form(live_server, browser, db):
    with visit(browser, live_server.url) as opened:
        page = opened.go("/accounts/login/").page
        sent = []
        page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
        page.evaluate("""() => { const form = document.querySelector("main form[action='/accounts/login/']");
          form.requestSubmit(); form.requestSubmit(); }""")
        page.wait_for_selector("[data-error-summary]")
        assert len(sent) == 1


class TestWithoutScript:
    @pytest.fixture
    def plain(self, live_server, browser, staff):
        with visit(browser, live_server.url, staff, width=390, script=False) as opened:
            yield opened.go("/components/")

    def test_the_theme_is_a_form(self, plain):
        plain.page.click("button.avatar")
        plain.page.click("#me button[value=dark]")
        plain.page.wait_for_load_state()
        assert plain.page.locator("html").get_attribute("data-theme") == "dark"
        assert "/components/" in plain.page.url

    def test_the_drawer_still_opens(self, plain):
        plain.page.click("button.nav-open")
        assert plain.page.is_visible("#nav")
        plain.page.click("#nav >> text=Home")
        assert plain.page.url.rstrip("/") == plain.base

    def test_the_numbers_of_a_chart_are_there(self, plain):
        plain.page.click("#c-line summary")
        assert plain.page.is_visible("#c-line table")

    def test_what_needs_script_is_not_offered(self, plain):
        plain.page.goto(plain.base + "/accounts/2fa/webauthn/add/")
        assert not plain.page.locator("#mfa_webauthn_add:visible").count()
