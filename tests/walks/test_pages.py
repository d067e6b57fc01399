"""Pages of the floor at both widths and in both themes: axe, the policy, the console, the width."""

import pytest

from portal import demo_people
from tests.browser import check_everywhere, visit
from tests.makers.portal import make_person

pytestmark = pytest.mark.browser
# Our own addresses are walked by test_every_page; these belong to libraries.
FOREIGN = ["/accounts/2fa/", "/accounts/sessions/", "/admin/"]
OPEN = ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/accounts/inactive/"]
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


@pytest.mark.parametrize("path", FOREIGN)
def test_page_for_an_administrator(live_server, browser, admin, path):
    check_everywhere(browser, live_server.url, path, admin)


@pytest.mark.parametrize("path", OPEN)
def test_page_for_a_stranger(live_server, browser, db, settings, path):
    settings.DEMO_SIGN_IN = True
    make_person("Priya Nair", email=demo_people.PEOPLE[0][0])
    check_everywhere(browser, live_server.url, path)


@pytest.mark.parametrize(("path", "status"), [("/no/such/page/", 404), ("/components/", 403), ("/theme/", 405)])
def test_refusal_for_a_maker(live_server, browser, owner, path, status):
    check_everywhere(browser, live_server.url, path, owner, status)


@pytest.mark.parametrize("path", ["/components/", "/help/roles/", "/accounts/2fa/"])
def test_page_reflows_on_a_narrow_screen(live_server, browser, admin, path):
    with visit(browser, live_server.url, admin, width=320) as opened:
        assert opened.go(path).overflow() <= 0


@pytest.mark.parametrize("path", ["/components/", "/help/roles/"])
def test_page_bears_wide_text_spacing(live_server, browser, admin, path):
    with visit(browser, live_server.url, admin) as opened:
        opened.go(path)
        opened.page.evaluate(
            """(rules) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules);
            document.adoptedStyleSheets = [sheet]; }""",
            SPACING,
        )
        assert opened.overflow() <= 0


def test_a_page_prints_without_the_shell(live_server, browser, admin):
    with visit(browser, live_server.url, admin) as opened:
        opened.go("/help/lifecycle/").page.emulate_media(media="print")
        assert not opened.page.is_visible(".topbar")
        assert not opened.page.is_visible(".sidebar")
        assert opened.page.is_visible("h1")
