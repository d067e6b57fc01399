"""Every page the resolver knows, at both widths and in both themes: axe, the policy, the console, the width."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser import SIZES, Visit, visit
from tests.site import Address, addresses
from tests.world import World, make_world

pytestmark = pytest.mark.browser
CHUNKS = 4
CONTRAST = """async () => {
  document.documentElement.dataset.theme = "dark";
  for (const animation of document.getAnimations())
    animation.effect.getComputedTiming().endTime === Infinity ? animation.cancel() : animation.finish();
  const result = await axe.run(document, {runOnly: {type: "rule", values: ["color-contrast"]}, preload: false});
  return result.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 160) + " :: " + n.failureSummary)]);
}"""


@pytest.fixture
def world(live_server, settings, owner, second_owner, staff, outsider) -> World:
    # The outbox is a page of the demo alone.
    settings.DEMO_OUTBOX = True
    return make_world(owner, second_owner, staff, outsider)


def opened_by(address: Address, world: World, people: dict[str, Client]) -> tuple[str, str] | None:
    """Who may open the page at `address`, and where it is; nobody if it answers no page."""
    path = reverse(address.name, kwargs=world.arguments(address))
    for role, client in people.items():
        answer = client.get(path)
        if answer.status_code == 200 and b"<html" in getattr(answer, "content", b""):
            return role, path
    return None


def faults(opened: Visit, path: str) -> list[Any]:
    """Everything wrong with the page at `path`, in both themes; the window of one theme is left for the next page."""
    opened.problems.clear()
    opened.go(path)
    found = opened.axe()
    if wide := opened.overflow():
        found.append(f"{wide} px too wide")
    found += [["dark", *violation] for violation in opened.page.evaluate(CONTRAST)]
    return found + opened.problems


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_page(live_server, browser, world, admin, chunk):
    roles = {"admin": admin, "owner": world.owner}
    people = {name: Client() for name in roles}
    for name, user in roles.items():
        people[name].force_login(user)
    pages = [page for address in addresses()[chunk::CHUNKS] if (page := opened_by(address, world, people))]
    assert pages
    wrong: dict[str, Any] = {}
    for width in SIZES:
        for role, user in roles.items():
            with visit(browser, live_server.url, user, width=width) as opened:
                for path in [path for by, path in pages if by == role]:
                    if found := faults(opened, path):
                        wrong[f"{path} at {width} as {role}"] = found
    assert not wrong, json.dumps(wrong, indent=1)
