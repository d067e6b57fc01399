"""When a person works: time zone and working days."""

import zoneinfo
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

NOT_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@cache
def zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """Time zones by continent, as choices. Old names of the same zones are left out, but stay valid."""
    names = sorted(
        name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith(NOT_PLACES)
    )
    grouped = groupby(names, key=lambda name: name.split("/", 1)[0])
    places = [(area, [(name, name.split("/", 1)[1].replace("_", " ")) for name in part]) for area, part in grouped]
    return [("UTC", [("UTC", "UTC")]), *places]


class ZoneSelect(forms.Select):
    """Offers the value it holds even when it is an old name: saving the form must not move the person elsewhere."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        if not value or not value[0] or any(option["selected"] for _area, part, _at in groups for option in part):
            return groups
        return [(None, [self.create_option(name, value[0], value[0], True, 0, attrs=attrs)], 0), *groups]


class TimeZoneField(forms.ChoiceField):
    """A zone of the IANA database."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time zone"))
        kwargs.setdefault("error_messages", {}).setdefault(
            "invalid_choice", _("%(value)s is not a time zone. Use a name such as Europe/Madrid.")
        )
        super().__init__(choices=zones, widget=ZoneSelect, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return value in zoneinfo.available_timezones()


class WorkingDaysField(forms.TypedMultipleChoiceField):
    """ISO weekdays, Monday 1. At least one: a person without any would never get a digest."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Working days"))
        kwargs.setdefault("help_text", _("The daily digest comes on these days only."))
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Tick at least one day."))
        days = [(number + 1, name) for number, name in WEEKDAYS.items()]
        super().__init__(choices=days, coerce=int, widget=forms.CheckboxSelectMultiple, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return [int(day) for day in value.split(",") if day.isdigit()] if isinstance(value, str) else value

    def clean(self, value: Iterable[Any]) -> list[int]:
        return sorted(set(super().clean(value)))
