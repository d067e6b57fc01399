"""The numbers this package works with: what each is, its default and its limits. Staff set them on a page; every version
stays, and whatever was computed with one says which. Version 0 is what the product ships with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.models import RuleVersion

Text = str | Promise


@dataclass(frozen=True)
class Number:
    label: Text
    default: int
    low: int
    high: int
    unit: Text = ""


@dataclass(frozen=True)
class Rules:
    """The standing numbers of one set."""

    version: int
    values: Mapping[str, int]

    def __getitem__(self, key: str) -> int:
        return self.values[key]


POINTS, DAYS, PEOPLE = _("points"), _("days"), _("people")
TITLES: dict[str, Text] = {
    "risk": _("Weights of the risk score"),
    "deadlines": _("Deadlines"),
    "fast_lane": _("Fast lane"),
}
RULES: dict[str, dict[str, Number]] = {
    "risk": {
        "medium_from": Number(_("Medium risk from"), 3, 1, 100, POINTS),
        "high_from": Number(_("High risk from"), 6, 1, 100, POINTS),
        "data_confidential": Number(_("Confidential data"), 3, 0, 100, POINTS),
        "data_personal": Number(_("Personal data"), 4, 0, 100, POINTS),
        "host": Number(_("Each external host without a connector"), 2, 0, 100, POINTS),
        "hosts_most": Number(_("External hosts, at most"), 2, 0, 100, POINTS),
        "blocked_connector": Number(_("A blocked connector"), 6, 0, 100, POINTS),
        "unreviewed_connector": Number(_("A connector nobody has reviewed"), 1, 0, 100, POINTS),
        "audience_large_from": Number(_("Many people use it: more than"), 100, 1, 1_000_000, PEOPLE),
        "audience_large": Number(_("Many people use it"), 1, 0, 100, POINTS),
        "audience_huge_from": Number(_("Very many people use it: more than"), 500, 1, 1_000_000, PEOPLE),
        "audience_huge": Number(_("Very many people use it"), 2, 0, 100, POINTS),
        "spend_from": Number(_("Spend a month: more than"), 500, 0, 1_000_000),
        "spend": Number(_("Spend above that"), 2, 0, 100, POINTS),
        "failing_policy": Number(_("Fails an enforced policy"), 6, 0, 100, POINTS),
        "warning_policy": Number(_("A policy warns"), 1, 0, 100, POINTS),
        "uncertified": Number(_("Owner without certification"), 0, 0, 100, POINTS),
        "missed_fixes": Number(_("Security fixes of its template not taken"), 2, 0, 100, POINTS),
        "from_template": Number(_("Made from a reviewed template: less by"), 1, 0, 100, POINTS),
    },
    "deadlines": {
        "returned_expires": Number(_("A request sent back expires after"), 30, 1, 365, DAYS),
        "exception_longest": Number(_("An exception ends after, at most"), 180, 1, 730, DAYS),
        "exception_warned": Number(_("Its owner is warned before the end"), 14, 1, 90, DAYS),
        "violation_notice": Number(_("Its owners are reminded before a violation is due"), 3, 1, 30, DAYS),
        "violation_low": Number(_("Put right, low severity, within"), 30, 1, 365, DAYS),
        "violation_medium": Number(_("Put right, medium severity, within"), 14, 1, 365, DAYS),
        "violation_high": Number(_("Put right, high severity, within"), 5, 1, 365, DAYS),
    },
    "fast_lane": {
        "is_open": Number(_("Requests may take the fast lane"), 1, 0, 1, _("1 for yes, 0 for no")),
        "overdue_from": Number(_("Closed to owners with so many overdue violations"), 3, 1, 1_000, _("violations")),
        "audit_share": Number(_("Drawn for a later look by a person"), 10, 1, 100, _("of 100")),
    },
}


def shipped(name: str) -> dict[str, int]:
    """The numbers of version 0. Raises KeyError for an unknown set."""
    return {key: number.default for key, number in RULES[name].items()}


def standing(name: str) -> Rules:
    """The numbers that hold now; one query."""
    newest = RuleVersion.objects.filter(name=name).order_by("-number").first()
    if newest is None:
        return Rules(0, shipped(name))
    kept: dict[str, Any] = {key: value for key, value in newest.values.items() if key in RULES[name]}
    return Rules(newest.number, {**shipped(name), **kept})
