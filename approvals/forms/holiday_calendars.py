"""A holiday calendar: where its public holidays come from, whose it is, and the days of the house's own."""

import re
from datetime import date
from typing import Any

import holidays
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.actions.holiday_calendars import Day
from portal.models import BusinessUnit

LINE = re.compile(r"^(\d{4}-\d{2}-\d{2})\s+(?:(\*)\s*)?(\S.*)$")


class HolidayCalendarForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    country = forms.CharField(
        label=gettext_lazy("Country"),
        required=False,
        max_length=2,
        help_text=gettext_lazy("Two letters, such as DE or GB. Its public holidays are then known. Empty for none."),
    )
    region = forms.CharField(
        label=gettext_lazy("Region"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("The part of the country by its code, such as BE for Berlin or ENG for England."),
    )
    units = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Business units"),
        queryset=BusinessUnit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("It also holds for the units below them that have no calendar of their own."),
    )
    days = forms.CharField(
        label=gettext_lazy("Days of your own"),
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One to a line: 2026-12-24 Christmas Eve. With a star it is a working day although the country is free: "
            "2026-06-04 * Corpus Christi."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = BusinessUnit.objects.order_by("name")  # type: ignore[attr-defined]

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"].strip().upper()
        if country and country not in holidays.list_supported_countries():
            raise ValidationError(
                _("“%(code)s” is not a country whose holidays are known. Use its two letters, such as DE."),
                params={"code": country},
            )
        return country

    def clean_days(self) -> list[Day]:
        found: dict[date, Day] = {}
        for number, line in enumerate(self.cleaned_data["days"].splitlines(), start=1):
            if line.strip():
                day = read(line.strip(), number)
                found[day.day] = day
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        region, country = said.get("region", "").strip().upper(), said.get("country", "")
        said["region"] = region
        if region and not country:
            self.add_error("country", _("Say the country of the region."))
        elif country and region and region not in (known := holidays.list_supported_countries()[country]):
            self.add_error(
                "region",
                _("“%(code)s” is not a region of %(country)s. Known are: %(list)s.")
                % {"code": region, "country": country, "list": ", ".join(known) or _("none")},
            )
        return said


def read(line: str, number: int) -> Day:
    """Raises ValidationError with the line."""
    found = LINE.match(line)
    try:
        if found is None:
            raise ValueError
        return Day(date.fromisoformat(found[1]), found[3][:80], is_worked=found[2] is not None)
    except ValueError:
        raise ValidationError(
            _("Line %(number)d is not a day and a name: “%(line)s”. Write it like 2026-12-24 Christmas Eve."),
            params={"number": number, "line": line[:60]},
        ) from None


def lines_of(days: list[Day]) -> str:
    """The days as the form shows them."""
    return "\n".join(f"{one.day.isoformat()} {'* ' if one.is_worked else ''}{one.name}" for one in days)
