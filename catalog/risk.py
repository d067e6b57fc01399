"""The risk tier of a micro app, as a pure function of what its contract says. Points add up; the reasons are kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDIUM_FROM, HIGH_FROM = 3, 6
DATA_POINTS = {"public": 0, "internal": 0, "confidential": 3, "personal": 4}


@dataclass(frozen=True)
class Factor:
    points: int
    sentence: str | Promise


def factors(
    *, data_classification: str, audience_size: int, hosts: Iterable[str], blocked_connectors: Iterable[str]
) -> list[Factor]:
    """What raises the risk, each with its points."""
    found = []
    if points := DATA_POINTS.get(data_classification, 0):
        found.append(Factor(points, _("It handles confidential or personal data.")))
    if audience_size > 500:
        found.append(Factor(2, _("More than 500 people use it.")))
    elif audience_size > 100:
        found.append(Factor(1, _("More than 100 people use it.")))
    if list(hosts):
        found.append(Factor(2, _("It calls external hosts without a connector.")))
    if list(blocked_connectors):
        found.append(Factor(6, _("It uses a blocked connector.")))
    return found


def tier(found: Iterable[Factor]) -> str:
    """low, medium or high."""
    points = sum(factor.points for factor in found)
    return "high" if points >= HIGH_FROM else "medium" if points >= MEDIUM_FROM else "low"
