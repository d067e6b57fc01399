"""Every help page on a phone and on a desk: test_every_page opens only one of them."""

import pytest

from portal import manual
from tests.browser import SIZES, visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", SIZES)
def test_every_help_page_fits_and_is_read_by_everybody(live_server, browser, owner, width):
    with visit(browser, live_server.url, owner, width=width) as opened:
        for slug in manual.SLUGS:
            opened.go(f"/help/{slug}/").check()
