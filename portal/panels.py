"""The home registry: each package offers panels for a role; home shows those that have something to say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

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


PANELS: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    PANELS[panel.key] = panel


def for_role(role: Role | None) -> list[Panel]:
    return sorted((p for p in PANELS.values() if p.role == role), key=lambda p: p.order)
