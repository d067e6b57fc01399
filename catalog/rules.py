"""The numbers of the lifecycle rules: what each is, its default, and which value holds for an app.

A value is looked up from the narrowest setting to the widest: unit and tier, unit, the units above it, tier, everyone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import MicroApp, RuleSetting
from portal.models import BusinessUnit


@dataclass(frozen=True)
class Rule:
    """One number: `unit` is its unit of measure; `low` and `high` are the limits of what staff may set."""

    key: str
    label: str | Promise
    help: str | Promise
    default: int
    unit: str | Promise
    low: int
    high: int


DAYS = _("days")
RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule(
            "renewal_opens",
            _("Renewal opens"),
            _("Days before the end from which an owner may renew."),
            30,
            DAYS,
            1,
            180,
        ),
        Rule(
            "grace",
            _("Grace after the end"),
            _("Days an app stays live after its end before it is archived."),
            14,
            DAYS,
            1,
            90,
        ),
        Rule(
            "retention",
            _("One-click restore"),
            _("Days after archiving during which a restore gives everything back."),
            180,
            DAYS,
            30,
            1825,
        ),
        Rule("inactive_days", _("Window of use"), _("Days over which users are counted."), 60, DAYS, 14, 400),
        Rule(
            "inactive_users",
            _("Fewest users"),
            _("Fewer distinct users than this in the window means unused."),
            3,
            _("users"),
            1,
            1000,
        ),
        Rule(
            "flag_escalates",
            _("Owner's time to answer"),
            _("Days after which the second owner and the manager are asked too."),
            14,
            DAYS,
            1,
            90,
        ),
        Rule(
            "flag_archives",
            _("Time until an unanswered flag archives"),
            _("Days after the flag; the facts are checked again first."),
            28,
            DAYS,
            2,
            180,
        ),
        Rule(
            "shortest_term",
            _("Shortest term"),
            _("Renewals without use halve the next term, but not below this."),
            30,
            DAYS,
            7,
            365,
        ),
        Rule(
            "renewals_unused",
            _("Renewals without use, in a row"),
            _("After this many the next one is decided by a reviewer."),
            2,
            _("renewals"),
            0,
            20,
        ),
        Rule(
            "budget_free",
            _("Budget without a decision"),
            _("A month's budget above this is decided by a reviewer."),
            500,
            _("a month"),
            0,
            10_000_000,
        ),
        Rule(
            "collector_lag",
            _("Collector may lag"),
            _("Days a collector may be behind before its silence means nothing."),
            3,
            DAYS,
            0,
            30,
        ),
        Rule(
            "purge_after",
            _("Heavy data kept after retirement"),
            _("Days during which a retirement can still be undone."),
            7,
            DAYS,
            1,
            90,
        ),
        Rule(
            "undo_rest",
            _("Rest after an undo"),
            _("Days a sweep leaves apps alone after its run over them was undone or cancelled."),
            7,
            DAYS,
            1,
            90,
        ),
        Rule(
            "cap_apps",
            _("Sweep cap, apps"),
            _("A sweep that would archive more apps than this, and than the share below, waits for two people."),
            10,
            _("apps"),
            0,
            100000,
        ),
        Rule(
            "cap_permille",
            _("Sweep cap, share"),
            _("The share of live apps, in thousandths: 20 is 2 %."),
            20,
            _("‰"),
            0,
            1000,
        ),
        Rule(
            "publish_level",
            _("Badge to publish a template"),
            _("Who keeps a template needs this level: 1 Foundations, 2 Builder, 3 Steward; 0 asks for none."),
            2,
            _("level"),
            0,
            3,
        ),
    )
}
HOUSE_WIDE = frozenset(
    {"cap_apps", "cap_permille", "publish_level", "purge_after", "undo_rest"}
)  # about a run or the house, not about one app

Key = tuple[int | None, str]  # business unit, risk tier ("" is every tier)


class RuleBook:
    """All standing settings, read once; answers which value holds without another query."""

    def __init__(self, settings: Iterable[RuleSetting], parents: Mapping[int, int | None]) -> None:
        self.parents = parents
        self.values: dict[str, dict[Key, int]] = {key: {} for key in RULES}
        for setting in settings:
            if setting.key in self.values and setting.value is not None:
                self.values[setting.key][(setting.business_unit_id, setting.risk)] = setting.value

    @classmethod
    def load(cls) -> "RuleBook":
        """Two queries, whatever the number of apps."""
        parents = dict(BusinessUnit.objects.values_list("pk", "parent_id"))
        return cls(RuleSetting.objects.standing(), parents)

    @classmethod
    def of_the_house(cls) -> "RuleBook":
        """What holds where no unit has its own; one query."""
        return cls(RuleSetting.objects.standing().filter(business_unit=None), {})

    def value(self, key: str, *, unit: int | None = None, risk: str = "") -> int:
        """The number that holds for an app of this unit and tier. Raises KeyError for an unknown rule."""
        values, at, seen = self.values[key], unit, set()
        while at is not None and at not in seen:
            for tier in dict.fromkeys((risk, "")):
                if (at, tier) in values:
                    return values[(at, tier)]
            seen.add(at)
            at = self.parents.get(at)
        for tier in dict.fromkeys((risk, "")):
            if (None, tier) in values:
                return values[(None, tier)]
        return RULES[key].default

    def for_app(self, key: str, app: MicroApp) -> int:
        return self.value(key, unit=app.business_unit_id, risk=app.risk)

    def expression(self, key: str, *, unit: str = "business_unit_id", risk: str = "risk") -> models.Expression:
        """The same answer inside SQL, for set-based work: a CASE over the units and tiers that differ from the rest."""
        values = self.values[key]
        tiers = ("low", "medium", "high")
        house = {tier: self.value(key, risk=tier) for tier in tiers}
        cases = []
        if any(at is not None for at, _tier in values):
            by_value: dict[tuple[str, int], list[int]] = {}
            for at in self.parents:
                for tier in tiers:
                    if (number := self.value(key, unit=at, risk=tier)) != house[tier]:
                        by_value.setdefault((tier, number), []).append(at)
            cases += [
                models.When(**{risk: tier, f"{unit}__in": units, "then": models.Value(number)})
                for (tier, number), units in by_value.items()
            ]
        cases += [
            models.When(**{risk: tier, "then": models.Value(house[tier])})
            for tier in tiers[1:]
            if house[tier] != house["low"]
        ]
        if not cases:
            return models.Value(house["low"], output_field=models.IntegerField())
        return models.Case(*cases, default=models.Value(house["low"]), output_field=models.IntegerField())
