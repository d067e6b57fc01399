"""The rules of one stage of a route, as plain data: who answers, how many of them, and by when."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class StageMode(models.TextChoices):
    FIRST = "first", _("The first who answers decides")
    EVERYONE = "everyone", _("Everyone must approve")
    QUORUM = "quorum", _("A number of them must approve")


class Who(models.TextChoices):
    """Where a route finds its approvers; the first three carry a value."""

    PERSON = "person", _("A person")
    ROLE = "role", _("Everyone with a role")
    GROUP = "group", _("An approver group")
    REQUESTER_MANAGER = "requester_manager", _("The manager of the person who asks")
    UNIT_LEAD = "unit_lead", _("The lead of the business unit")
    PREVIOUS_MANAGER = "previous_manager", _("The manager of whoever approved the stage before")


RELATIONS = (Who.REQUESTER_MANAGER, Who.UNIT_LEAD, Who.PREVIOUS_MANAGER)


@dataclass(frozen=True)
class Approver:
    """`value` is the number of a person, the name of a role or the short name of a group; empty for a relation."""

    who: str
    value: str = ""


@dataclass(frozen=True)
class StageRules:
    """Times are whole business days; 0 turns a step off.

    `remind` days before the due moment a reminder goes out; `stand_in` days after it the stand-in or manager of whoever has
    not answered may answer too; `escalate` days after it the C4E may. `quorum` counts in that mode only."""

    name: str
    approvers: tuple[Approver, ...]
    mode: str = StageMode.FIRST
    quorum: int = 1
    days: int = 2
    remind: int = 1
    stand_in: int = 1
    escalate: int = 3

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def values(self, who: Who) -> list[str]:
        return [approver.value for approver in self.approvers if approver.who == who]

    def names(self, who: Who) -> bool:
        return any(approver.who == who for approver in self.approvers)


def stage_from(kept: Mapping[str, Any]) -> StageRules:
    """The rules as they were stored."""
    return StageRules(**{**kept, "approvers": tuple(Approver(**approver) for approver in kept["approvers"])})
