"""Is an app in use? A pure function of what the collectors saw and of what they vouch for, with doubt as an answer.

Daily counts do not say whether it was the same person each day, so distinct users lie between two bounds: at least the
busiest day, at most the sum of all days. Only when both bounds are on one side of the threshold is there a verdict."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from catalog.iso_days import readable


class Outcome(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str | Promise:
        return LABELS[self]


LABELS = {Outcome.ACTIVE: _("In use"), Outcome.INACTIVE: _("Not in use"), Outcome.UNKNOWN: _("Not known")}


@dataclass(frozen=True)
class SignalFacts:
    """What one collector knows: the days it vouches for, and what it saw of the app in the window."""

    signal: str
    label: str
    is_required: bool = True
    identifies_visitors: bool = False
    complete_from: date | None = None
    complete_until: date | None = None
    busiest_day: int = 0
    user_days: int = 0
    last_seen_on: date | None = None

    def is_complete(self, since: date, needed_until: date) -> bool:
        """Does the collector vouch for the whole window?"""
        starts_early = self.complete_from is not None and self.complete_from <= since
        return starts_early and self.complete_until is not None and self.complete_until >= needed_until


@dataclass(frozen=True)
class UseFacts:
    """Everything the verdict rests on. `visitors` are distinct people in the window, told apart by the collectors that can."""

    today: date
    window: int
    threshold: int
    lag: int
    live_since: date | None
    open_tickets: int = 0
    visitors: int = 0
    signals: tuple[SignalFacts, ...] = ()

    @property
    def since(self) -> date:
        return self.today - timedelta(days=self.window)

    @property
    def needed_until(self) -> date:
        return self.today - timedelta(days=self.lag)

    @property
    def fewest(self) -> int:
        """The distinct users there were at least."""
        return max([self.visitors, *(signal.busiest_day for signal in self.signals)], default=0)

    @property
    def most(self) -> int:
        """The distinct users there were at most. Visitor records that miss a busy day are not trusted as a count."""
        told_apart = [signal for signal in self.signals if signal.identifies_visitors]
        busiest = max((signal.busiest_day for signal in told_apart), default=0)
        known = self.visitors if self.visitors >= busiest else sum(signal.user_days for signal in told_apart)
        return known + sum(signal.user_days for signal in self.signals if not signal.identifies_visitors)


@dataclass(frozen=True)
class Sentence:
    """One line of evidence, kept as data and said in the reader's language."""

    code: str
    params: Mapping[str, Any]

    def text(self) -> str:
        return str(SENTENCES[self.code] % readable(self.params))

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True)
class Verdict:
    """The answer, the reason that settled it, and what each collector contributed."""

    outcome: Outcome
    reason: Sentence
    evidence: tuple[Sentence, ...] = ()

    @property
    def sentences(self) -> list[str]:
        return [line.text() for line in (self.reason, *self.evidence)]

    def as_json(self) -> dict[str, Any]:
        """As it is kept with a flag: the evidence as it was that day."""
        return {
            "outcome": self.outcome.value,
            "reason": asdict(self.reason),
            "evidence": [asdict(line) for line in self.evidence],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Verdict":
        lines = tuple(Sentence(**line) for line in kept.get("evidence", ()))
        return cls(Outcome(kept["outcome"]), Sentence(**kept["reason"]), lines)


def judge(facts: UseFacts) -> Verdict:
    """The verdict. Use that was seen counts even when data are missing; absence of use counts only when none are."""
    evidence = tuple(line for signal in facts.signals for line in lines_of(signal, facts))
    bounds = {"fewest": facts.fewest, "most": facts.most, "threshold": facts.threshold, "window": facts.window}

    def verdict(outcome: Outcome, code: str, **more: Any) -> Verdict:
        return Verdict(outcome, Sentence(code, {**bounds, **more}), evidence)

    if facts.fewest >= facts.threshold:
        return verdict(Outcome.ACTIVE, "enough_users", count=facts.fewest)
    if facts.open_tickets:
        return verdict(Outcome.ACTIVE, "open_tickets", count=facts.open_tickets)
    if facts.live_since is None or facts.live_since > facts.since:
        return verdict(Outcome.UNKNOWN, "too_new", live_since=iso(facts.live_since))
    required = [signal for signal in facts.signals if signal.is_required]
    if not required:
        return verdict(Outcome.UNKNOWN, "no_collector")
    late = [signal for signal in required if not signal.is_complete(facts.since, facts.needed_until)]
    if late:
        return verdict(Outcome.UNKNOWN, "incomplete", labels=", ".join(signal.label for signal in late))
    if facts.most < facts.threshold:
        return verdict(Outcome.INACTIVE, "too_few_users", count=facts.most)
    return verdict(Outcome.UNKNOWN, "same_person")


def lines_of(signal: SignalFacts, facts: UseFacts) -> list[Sentence]:
    """What one collector says, and how far it can be trusted."""
    if signal.user_days:
        said = Sentence(
            "signal_seen",
            {"label": signal.label, "count": signal.busiest_day, "user_days": signal.user_days}
            | {"last_seen_on": iso(signal.last_seen_on)},
        )
    elif signal.last_seen_on:
        said = Sentence("signal_before", {"label": signal.label, "last_seen_on": iso(signal.last_seen_on)})
    else:
        said = Sentence("signal_never", {"label": signal.label})
    return [said, health_of(signal, facts)]


def health_of(signal: SignalFacts, facts: UseFacts) -> Sentence:
    span = {"label": signal.label, "complete_from": iso(signal.complete_from)}
    span |= {"complete_until": iso(signal.complete_until)}
    if signal.complete_from is None or signal.complete_until is None:
        return Sentence("collector_silent", span)
    if signal.is_complete(facts.since, facts.needed_until):
        return Sentence("collector_complete", span)
    return Sentence("collector_gap", span | {"since": iso(facts.since), "until": iso(facts.needed_until)})


def iso(day: date | None) -> str:
    return day.isoformat() if day else "–"


SENTENCES = {
    "enough_users": ngettext_lazy(
        "At least %(count)s person used it in %(window)s days; %(threshold)s are enough.",
        "At least %(count)s people used it in %(window)s days; %(threshold)s are enough.",
        "count",
    ),
    "open_tickets": ngettext_lazy(
        "%(count)s ticket about it is open, so somebody counts on it.",
        "%(count)s tickets about it are open, so somebody counts on it.",
        "count",
    ),
    "too_few_users": ngettext_lazy(
        "At most %(count)s person used it in %(window)s days; %(threshold)s would be enough, and no ticket is open.",
        "At most %(count)s people used it in %(window)s days; %(threshold)s would be enough, and no ticket is open.",
        "count",
    ),
    "signal_seen": ngettext_lazy(
        "%(label)s saw %(count)s person on the busiest day, %(user_days)s visits by day in all, last on %(last_seen_on)s.",
        "%(label)s saw %(count)s people on the busiest day, %(user_days)s visits by day in all, last on %(last_seen_on)s.",
        "count",
    ),
    "too_new": _("It has been live since %(live_since)s, which is less than the window of %(window)s days."),
    "no_collector": _("No collector reports on use, so nothing is known."),
    "incomplete": _("Not complete for the window of %(window)s days: %(labels)s. Missing data never counts as no use."),
    "same_person": _(
        "Between %(fewest)s and %(most)s people in %(window)s days; %(threshold)s are enough. "
        "Daily counts cannot tell whether it was the same person."
    ),
    "signal_before": _("%(label)s saw nobody in the window; last use on %(last_seen_on)s."),
    "signal_never": _("%(label)s has never seen anybody use it."),
    "collector_complete": _("%(label)s vouches for every day from %(complete_from)s until %(complete_until)s."),
    "collector_gap": _(
        "%(label)s vouches only for %(complete_from)s until %(complete_until)s; %(since)s until %(until)s is needed."
    ),
    "collector_silent": _("%(label)s has not yet said for which days its data are complete."),
}
