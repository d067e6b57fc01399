"""One of everything of the marketplace, for `tests.world`; one file for each part of it."""

from datetime import datetime
from typing import Any

from portal.models import User
from tests.makers.marketplace import make_clone, make_template
from tests.world_of_marketplace import clones, repositories, template_desk, templates, upgrades

Arguments = dict[str, Any]
PARTS = (templates, template_desk, repositories, upgrades, clones)


def trade(
    owner: User, staff: User, now: datetime, values: dict[str, Arguments], things: list[tuple[str, Arguments]]
) -> None:
    """A published template of the staff with two versions, and a clone of its first version that belongs to the owner."""
    template = make_template(now=now)
    clone = make_clone(template, owner=owner, number="1.0.0", now=now)
    for part in PARTS:
        part.fill(template, clone, owner, staff, now, values, things)
