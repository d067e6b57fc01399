"""The risk of what is asked, as a pure function of its facts and of weights. Points add up; every factor says why and
what would lower it. Factors are kept as keys and numbers, so that they read in the language of whoever looks."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
LOW, MEDIUM, HIGH = "low", "medium", "high"
TIERS = [(LOW, _("Low risk")), (MEDIUM, _("Medium risk")), (HIGH, _("High risk"))]


@dataclass(frozen=True)
class RiskFacts:
    """What the risk is computed from. `spend` is in the house's currency a month; None where nothing is known.

    `failing` and `warning` are titles of policies; `overdue` counts violations of who is responsible that are late.
    `template` is the reviewed template it was made from, `missed_fixes` how many of its security fixes it has not taken."""

    data_classification: str = "internal"
    hosts: tuple[str, ...] = ()
    blocked_connectors: tuple[str, ...] = ()
    unreviewed_connectors: tuple[str, ...] = ()
    audience_size: int = 0
    spend: int | None = None
    certification: str | None = None
    failing: tuple[str, ...] = ()
    warning: tuple[str, ...] = ()
    overdue: int = 0
    template: str = ""
    missed_fixes: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Factor:
    """`evidence` fills the sentence of `SENTENCES[key]`. Points below zero lower the risk."""

    key: str
    points: int
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.key].why) % self.evidence

    @property
    def lower(self) -> str:
        """What the maker can do about it."""
        return str(SENTENCES[self.key].lower) % self.evidence

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "points": self.points, "evidence": dict(self.evidence)}


@dataclass(frozen=True)
class Wording:
    why: Text
    lower: Text


SENTENCES: dict[str, Wording] = {
    "data_confidential": Wording(
        _("It handles confidential data."), _("Leave confidential fields out, or use data that is internal only.")
    ),
    "data_personal": Wording(
        _("It handles personal data."), _("Leave names and numbers of people out, or work with totals.")
    ),
    "hosts": Wording(
        _("It calls hosts outside without a connector: %(list)s."),
        _("Use a connector of the catalog instead of calling the host directly."),
    ),
    "blocked_connectors": Wording(
        _("It uses a blocked connector: %(list)s."), _("Choose another connector; the connector's page names one.")
    ),
    "unreviewed_connectors": Wording(
        _("It uses a connector that nobody has reviewed: %(list)s."), _("Choose an approved connector.")
    ),
    "audience_large": Wording(
        _("%(count)s people use it, more than %(limit)s."), _("Begin with fewer people and grow after the first term.")
    ),
    "audience_huge": Wording(
        _("%(count)s people use it, more than %(limit)s."), _("Begin with fewer people and grow after the first term.")
    ),
    "spend": Wording(
        _("It costs %(amount)s a month, more than %(limit)s."), _("Agree on a smaller budget, or share the service.")
    ),
    "failing": Wording(
        _("It fails an enforced policy: %(list)s."), _("Put right what the policy says, or ask for an exception.")
    ),
    "warning": Wording(_("A policy warns: %(list)s."), _("Put right what the policy says.")),
    "missed_fixes": Wording(
        _("It has not taken %(count)s security fixes of its template %(template)s."),
        _("Upgrade it: its page under My clones shows what changes."),
    ),
    "from_template": Wording(
        _("It is made from %(template)s, which was reviewed."), _("Follow its versions, and this stays so.")
    ),
    "uncertified": Wording(
        _("Its owner holds no certification."), _("The owner can take the course and earn the badge.")
    ),
}


@dataclass(frozen=True)
class Assessment:
    points: int
    tier: str
    factors: tuple[Factor, ...]


def listed(values: tuple[str, ...]) -> dict[str, Any]:
    return {"list": ", ".join(values), "count": len(values)}


def factors_of(facts: RiskFacts, weights: Mapping[str, int]) -> list[Factor]:
    """Every factor that applies, also those whose weight is 0; the heaviest first."""
    w, found = weights, []

    def add(key: str, points: int, **evidence: Any) -> None:
        found.append(Factor(key, points, evidence))

    if facts.data_classification in ("confidential", "personal"):
        key = f"data_{facts.data_classification}"
        add(key, w[key])
    if facts.hosts:
        add("hosts", min(w["host"] * len(facts.hosts), w["hosts_most"]), **listed(facts.hosts))
    if facts.blocked_connectors:
        add("blocked_connectors", w["blocked_connector"], **listed(facts.blocked_connectors))
    if facts.unreviewed_connectors:
        add("unreviewed_connectors", w["unreviewed_connector"], **listed(facts.unreviewed_connectors))
    if facts.audience_size > w["audience_huge_from"]:
        add("audience_huge", w["audience_huge"], count=facts.audience_size, limit=w["audience_huge_from"])
    elif facts.audience_size > w["audience_large_from"]:
        add("audience_large", w["audience_large"], count=facts.audience_size, limit=w["audience_large_from"])
    if facts.spend is not None and facts.spend > w["spend_from"]:
        add("spend", w["spend"], amount=facts.spend, limit=w["spend_from"])
    if facts.failing:
        add("failing", w["failing_policy"], **listed(facts.failing))
    if facts.warning:
        add("warning", w["warning_policy"], **listed(facts.warning))
    if facts.certification is None:
        add("uncertified", w["uncertified"])
    if facts.missed_fixes:
        add("missed_fixes", w["missed_fixes"], count=facts.missed_fixes, template=facts.template)
    elif facts.template:
        add("from_template", -w["from_template"], template=facts.template)
    return sorted(found, key=lambda factor: -factor.points)


def assess(facts: RiskFacts, weights: Mapping[str, int]) -> Assessment:
    """The tier: `medium_from` and `high_from` are the fewest points of each."""
    factors = tuple(factors_of(facts, weights))
    points = max(sum(factor.points for factor in factors), 0)
    tier = HIGH if points >= weights["high_from"] else MEDIUM if points >= weights["medium_from"] else LOW
    return Assessment(points, tier, factors)


def factor_from(kept: Mapping[str, Any]) -> Factor:
    """A factor as it was stored."""
    return Factor(kept["key"], kept["points"], kept["evidence"])
