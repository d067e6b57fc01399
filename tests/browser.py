"""What browser tests share: a page opened as somebody, everything that went wrong in it, and axe."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.test import Client

from portal.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(__file__).with_name("vendor") / "axe-4.14.1.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {1440: 900, 390: 844}
THEMES = ("light", "dark")
RUN_AXE = """async (tags) => {
  scrollTo(0, 0);
  const result = await axe.run(document, {runOnly: tags, preload: false});
  return result.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 160) + " :: " + n.failureSummary)]);
}"""


@dataclass
class Visit:
    """A browser page with what the console, the network and the policy said against it."""

    page: "Page"
    base: str
    problems: list[str] = field(default_factory=list)

    def go(self, path: str, status: int = 200) -> "Visit":
        response = self.page.goto(self.base + path, wait_until="load")
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}"
        if status >= 400:
            self.expected(status)
        return self

    def expected(self, status: int) -> None:
        """The page was meant to answer `status`; the browser reports that as an error of its own."""
        self.problems[:] = [text for text in self.problems if f"status of {status}" not in text]

    def axe(self) -> list[Any]:
        """axe's violations at this moment."""
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(AXE.read_text())
        return self.page.evaluate(RUN_AXE, TAGS)

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def check(self) -> None:
        """The page breaks no rule of axe, fits its window, and nothing complained."""
        violations = self.axe()
        assert not violations, json.dumps(violations, indent=1)
        assert self.overflow() <= 0, f"{self.page.url} is {self.overflow()} px too wide"
        assert not self.problems, self.problems


def session_cookie(user: User) -> dict[str, str]:
    """The cookie of a signed-in session of `user`."""
    client = Client()
    client.force_login(user)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


def new_context(browser: "Browser", width: int, script: bool) -> "BrowserContext":
    return browser.new_context(
        viewport={"width": width, "height": SIZES.get(width, 900)}, has_touch=width < 500, java_script_enabled=script
    )


@contextmanager
def visit(
    browser: "Browser",
    base: str,
    user: User | None = None,
    *,
    width: int = 1440,
    theme: str = "light",
    script: bool = True,
) -> Iterator[Visit]:
    """A fresh browser context, signed in as `user`, at `width`, in `theme`, maybe with script off."""
    context = new_context(browser, width, script)
    cookies = [{"name": "theme", "value": theme}, *([session_cookie(user)] if user else [])]
    context.add_cookies([{**cookie, "url": base} for cookie in cookies])  # type: ignore[list-item]
    page = context.new_page()
    opened = Visit(page, base)
    page.on("console", lambda m: opened.problems.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: opened.problems.append(f"exception: {error}"))
    try:
        yield opened
    finally:
        context.close()


def check_everywhere(browser: "Browser", base: str, path: str, user: User | None = None, status: int = 200) -> None:
    """`path` passes at both widths and in both themes."""
    for width in SIZES:
        for theme in THEMES:
            with visit(browser, base, user, width=width, theme=theme) as opened:
                opened.go(path, status).check()
