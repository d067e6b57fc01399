"""The home registry: each package offers panels for a role; home shows those that have something to say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.models.user import Role


@dataclass(frozen=True)
class Panel:
    """`load(user)` returns the context of `template`, or None when there is nothing to show. `role` None is for makers.

    `place` is one of `needs` (what needs you), `yours` (what is yours), `new` (what is new)."""

    key: str
    title: str | Promise
    template: str
    load: Callable[[User], dict[str, Any] | None]
    place: str
    role: Role | None = None
    order: int = 50


@dataclass(frozen=True)
class Shown:
    """A panel that has something to say, with what its template needs."""

    panel: Panel
    context: dict[str, Any]


PLACES = {"needs": _("What needs you"), "yours": _("What is yours"), "new": _("What is new")}
PANELS: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    PANELS[panel.key] = panel


def for_role(role: Role | None) -> list[Panel]:
    return sorted((p for p in PANELS.values() if p.role == role), key=lambda p: p.order)


def places(user: User, role: Role | None) -> list[tuple[str | Promise, list[Shown]]]:
    """The three places of the home page in their order, each with its panels; a place without any is empty."""
    loaded = [(panel, panel.load(user)) for panel in for_role(role)]
    shown = [Shown(panel, context) for panel, context in loaded if context is not None]
    return [(title, [part for part in shown if part.panel.place == place]) for place, title in PLACES.items()]
