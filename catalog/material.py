"""Which changes of a live app are material: what lets it reach more data, more systems or many more people. Material changes
are asked for; the others are made at once. Pure."""

from collections.abc import Mapping
from typing import Any

RANK = {"public": 0, "internal": 1, "confidential": 2, "personal": 3}
FIELDS = ("data_classification", "hosts", "connectors", "audience_size")


def material(before: Mapping[str, Any], after: Mapping[str, Any], weights: Mapping[str, int]) -> frozenset[str]:
    """The names among FIELDS whose change needs a decision. `hosts` and `connectors` are sets; a name that is absent from
    `after` is unchanged. Less is never material."""
    return frozenset(name for name in FIELDS if name in after and RULES[name](before[name], after[name], weights))


def steps_over(size: int, weights: Mapping[str, int]) -> int:
    return (size > weights["audience_large_from"]) + (size > weights["audience_huge_from"])


RULES = {
    "data_classification": lambda old, new, weights: RANK[new] > RANK[old],
    "hosts": lambda old, new, weights: bool(set(new) - set(old)),
    "connectors": lambda old, new, weights: bool(set(new) - set(old)),
    "audience_size": lambda old, new, weights: steps_over(new, weights) > steps_over(old, weights),
}
