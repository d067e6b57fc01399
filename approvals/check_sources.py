"""The seam to the packages above for policies: each registers the kind of live thing that policies check, and gives the
input documents for many of them at once. The document's shape is `schemas/policy-input.schema.json`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from django.utils.functional import Promise

from approvals.engine.inputs import digest


@dataclass(frozen=True)
class Checked:
    """One thing as a policy sees it, with those who answer for it. `input` is plain JSON with its lists in order, so that an
    unchanged thing has an unchanged digest."""

    kind: str
    id: int
    title: str
    url: str
    owner_id: int
    second_owner_id: int | None
    business_unit_id: int | None
    input: Mapping[str, Any]

    @cached_property
    def digest(self) -> str:
        return digest(self.input)


class CheckSource(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def label(self) -> str | Promise: ...

    def live_ids(self) -> Sequence[int]:
        """All that are live now, in ascending order; a violation is only opened on these."""
        ...

    def owner_ids(self) -> set[int]:
        """Everybody who owns something live."""
        ...

    def things(self, ids: Sequence[int], *, now: datetime) -> list[Checked]:
        """In a constant number of queries; a number that is gone is left out."""
        ...


SOURCES: dict[str, CheckSource] = {}


def register(source: CheckSource) -> None:
    SOURCES[source.kind] = source


def source_for(kind: str) -> CheckSource:
    """Raises KeyError for a kind nobody registered."""
    return SOURCES[kind]
