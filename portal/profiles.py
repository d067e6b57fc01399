"""The registry of the person page: each package shows what it knows of a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from portal.models import User


@dataclass(frozen=True)
class Section:
    """`load(viewer, person)` returns the context of `template`, or None when there is nothing this viewer may see."""

    key: str
    title: str | Promise
    template: str
    load: Callable[[User, User], dict[str, Any] | None]
    order: int = 50


@dataclass(frozen=True)
class Shown:
    section: Section
    context: dict[str, Any]


SECTIONS: dict[str, Section] = {}


def register(section: Section) -> None:
    SECTIONS[section.key] = section


def sections(viewer: User, person: User) -> list[Shown]:
    """The sections with something to show, in their order."""
    ordered = sorted(SECTIONS.values(), key=lambda section: section.order)
    loaded = [(section, section.load(viewer, person)) for section in ordered]
    return [Shown(section, context) for section, context in loaded if context is not None]
