"""The fast lane, as pure functions: what keeps a request out of it, which passes a person looks at, and how often it erred."""

import hashlib
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.risk import LOW, RiskFacts

Z95 = 1.959964  # of the normal distribution, for an interval that holds the true rate 95 times of 100


def obstacles(tier: str, facts: RiskFacts, *, has_fast_lane: bool, is_open: bool, overdue_from: int = 3) -> list[str]:
    """What keeps it out, each a sentence; empty when the rules may decide."""
    found = []
    if not is_open:
        found.append(_("The fast lane is closed for everyone at the moment."))
    if not has_fast_lane:
        found.append(_("Requests of this kind are always decided by a person."))
    if tier != LOW:
        found.append(_("The risk is not low."))
    if facts.failing:
        found.append(_("It fails an enforced policy: %(list)s.") % {"list": ", ".join(facts.failing)})
    if facts.certification is None:
        found.append(_("Its owner holds no valid certification."))
    if facts.overdue >= overdue_from:
        said = ngettext(
            "Its owner has %(count)d overdue violation.", "Its owner has %(count)d overdue violations.", facts.overdue
        )
        found.append(said % {"count": facts.overdue})
    return found


def is_drawn(seed: str, share: int) -> bool:
    """Is the pass with this random seed one of the `share` of 100 that a person looks at? Anyone can draw again."""
    draw = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") / 2**64
    return draw * 100 < share


@dataclass(frozen=True)
class Rate:
    """How many of those audited were wrong, as a share, and the interval that holds the true share (Wilson, 95 of 100)."""

    wrong: int
    audited: int
    share: float
    low: float
    high: float

    @property
    def low_percent(self) -> float:
        return round(self.low * 100, 1)

    @property
    def high_percent(self) -> float:
        return round(self.high * 100, 1)


def rate(wrong: int, audited: int) -> Rate | None:
    """None while nothing was audited: no data is not zero."""
    if audited == 0:
        return None
    share, z2 = wrong / audited, Z95**2
    centre = (share + z2 / (2 * audited)) / (1 + z2 / audited)
    reach = Z95 / (1 + z2 / audited) * sqrt(share * (1 - share) / audited + z2 / (4 * audited**2))
    return Rate(wrong, audited, share, max(0.0, min(share, centre - reach)), min(1.0, max(share, centre + reach)))
