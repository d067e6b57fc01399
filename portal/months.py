"""Calendar months and spans of them, as pure functions. A month is named by its first day and lies in one time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from django.utils import formats
from django.utils.translation import gettext as _

from portal.kpis import Window


def month_of(day: date) -> date:
    return day.replace(day=1)


def shifted(month: date, by: int) -> date:
    """So many months on, or back when `by` is negative."""
    years, index = divmod(month.month - 1 + by, 12)
    return date(month.year + years, index + 1, 1)


def between(first: date, last: date) -> Iterator[date]:
    """Every month from the first to the last, both included."""
    while first <= last:
        yield first
        first = shifted(first, 1)


def starts(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day on the wall clock of that zone."""
    return datetime.combine(day, time(), tzinfo=zone)


def window_of(month: date, zone: tzinfo, *, until: datetime | None = None) -> Window:
    """The whole month, or up to `until` when it is not over then."""
    end = starts(shifted(month, 1), zone)
    return Window(starts(month, zone), min(end, until) if until else end)


@dataclass(frozen=True)
class Span:
    """Some months in a row. `key` names it in an address: 2026-11, 2026-Q4, or 12m-2026-11 for the twelve up to it."""

    key: str
    first: date
    last: date

    @property
    def months(self) -> list[date]:
        return list(between(self.first, self.last))

    @property
    def label(self) -> str:
        if self.key.startswith("12m"):
            return _("Twelve months to %(month)s") % {"month": named(self.last)}
        if "Q" in self.key:
            return _("Quarter %(number)s of %(year)s") % {"number": self.key[-1], "year": self.first.year}
        return named(self.first)

    def before(self, *, years: int = 0) -> "Span":
        """The span of the same length just before, or the same one so many years ago."""
        by = -12 * years if years else -len(self.months)
        first, last = shifted(self.first, by), shifted(self.last, by)
        return Span(key_of(self.key, first, last), first, last)


def key_of(like: str, first: date, last: date) -> str:
    if like.startswith("12m"):
        return f"12m-{last:%Y-%m}"
    return f"{first.year}-Q{(first.month + 2) // 3}" if "Q" in like else f"{first:%Y-%m}"


def named(month: date) -> str:
    return formats.date_format(month, "F Y")


def monthly(day: date) -> Span:
    """The month a day lies in."""
    month = month_of(day)
    return Span(f"{month:%Y-%m}", month, month)


def quarterly(day: date) -> Span:
    """The quarter a day lies in."""
    month = month_of(day)
    first = month.replace(month=month.month - (month.month - 1) % 3)
    return Span(key_of("Q", first, first), first, shifted(first, 2))


def yearly(day: date) -> Span:
    """The twelve months up to the one a day lies in."""
    month = month_of(day)
    return Span(f"12m-{month:%Y-%m}", shifted(month, -11), month)


def span_from(key: str) -> Span | None:
    """The span an address names; None when it names none."""
    try:
        if key.startswith("12m-"):
            return yearly(date.fromisoformat(f"{key[4:]}-01"))
        year, _dash, rest = key.partition("-")
        if rest.startswith("Q"):
            quarter = int(rest[1:])
            return quarterly(date(int(year), 3 * quarter, 1)) if len(year) == 4 and rest == f"Q{quarter}" else None
        return monthly(date.fromisoformat(f"{key}-01")) if len(key) == 7 else None
    except ValueError:
        return None
