"""The three steps a person sees at first, until they put the list away."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.navigation import address


@dataclass(frozen=True)
class Step:
    """A step whose page this site does not have is not shown."""

    title: Any
    text: Any
    url_name: str

    @property
    def url(self) -> str:
        return address(self.url_name)


STEPS = (
    Step(
        _("Say when you work"),
        _("Dates, digests and the end of your apps follow your time zone and working days."),
        "preferences",
    ),
    Step(
        _("See what exists already"),
        _("Somebody may have built it. Every live app names its owner."),
        "catalog:micro_app_list",
    ),
    Step(
        _("Bring your first app"),
        _("Describe it once: purpose, two owners, an end date. You can stop and go on later."),
        "catalog:micro_app_create",
    ),
)


def steps() -> list[Step]:
    return [step for step in STEPS if step.url]
