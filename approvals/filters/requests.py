"""What the address of the inbox asks for: a tab, and within it kind, risk, unit, and late ones only."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest
from approvals.models.approval_request import ApprovalRequestQuerySet
from approvals.registry import SUBJECTS
from approvals.risk import TIERS
from approvals.states import RequestState
from portal.models import BusinessUnit, User

TABS = {"mine": _("Mine"), "team": _("Team"), "all": _("All"), "done": _("Done")}


class RequestFilter:
    """An unknown value is as if it were not there. Every name it shows comes with the choice that is on."""

    def __init__(self, query: Mapping[str, Any], user: User) -> None:
        self.user, self.now = user, timezone.now()
        self.tab: str = query["tab"] if query.get("tab") in TABS else "mine"
        self.kind = query.get("kind") if query.get("kind") in SUBJECTS else ""
        self.tier = query.get("tier") if query.get("tier") in dict(TIERS) else ""
        unit = query.get("unit", "")
        self.unit = int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else None
        self.is_late = query.get("late") == "1"

    @property
    def sort(self) -> str:
        return "-ball_since" if self.tab == "done" else "due_at"

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.tier or self.unit or self.is_late)

    def sets(self) -> dict[str, ApprovalRequestQuerySet]:
        seen = ApprovalRequest.objects.visible_to(self.user)
        return {
            "mine": ApprovalRequest.objects.waiting_for(self.user),
            "team": seen.waiting_for_team(self.user),
            "all": seen.open(),
            "done": seen.over(),
        }

    def rows(self) -> ApprovalRequestQuerySet:
        found = self.sets()[self.tab]
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.tier:
            found = found.filter(tier=self.tier)
        if self.unit:
            found = found.filter(business_unit__in=BusinessUnit.objects.below(self.unit))
        if self.is_late:
            found = found.filter(state=RequestState.SUBMITTED, due_at__lt=self.now)
        return found

    def tabs(self) -> list[dict[str, Any]]:
        """With counts of the whole tab, all in one query."""
        counts = ApprovalRequest.objects.aggregate(
            **{
                key: models.Count("pk", filter=models.Q(pk__in=found.values("pk")))
                for key, found in self.sets().items()
            }
        )
        return [
            {"label": label, "url": f"?tab={key}", "current": key == self.tab, "count": counts[key]}
            for key, label in TABS.items()
        ]

    @property
    def kinds(self) -> list[tuple[str, Any, bool]]:
        return [(key, subject.label, key == self.kind) for key, subject in SUBJECTS.items()]

    @property
    def tiers(self) -> list[tuple[str, Any, bool]]:
        return [(value, label, value == self.tier) for value, label in TIERS]

    @property
    def units(self) -> list[tuple[int, str, bool]]:
        return [
            (pk, name, pk == self.unit) for pk, name in BusinessUnit.objects.order_by("name").values_list("pk", "name")
        ]
