"""The routes: which stages a request of a kind and tier goes through. Staff set them on a page; every version stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from approvals.models import RouteVersion
from approvals.risk import HIGH, LOW, MEDIUM
from approvals.stage_rules import Approver, StageRules, Who, stage_from
from portal.models.user import Role

EVERY_KIND = ""
SECURITY, LEGAL = "security", "legal-and-data"


@dataclass(frozen=True)
class Route:
    """The stages that hold for new requests; `version` is empty for those the product ships with."""

    kind: str
    tier: str
    stages: tuple[StageRules, ...]
    version: RouteVersion | None = None

    @property
    def number(self) -> int:
        return self.version.number if self.version else 0


def shipped(tier: str) -> tuple[StageRules, ...]:
    """Low and medium risk: one reviewer. High risk: security, legal and data, and the business, one after the other."""
    reviewers = (Approver(Who.ROLE, Role.REVIEWER), Approver(Who.ROLE, Role.STAFF))
    business = (Approver(Who.UNIT_LEAD), Approver(Who.REQUESTER_MANAGER))
    return {
        LOW: (StageRules(gettext("Review"), reviewers),),
        MEDIUM: (StageRules(gettext("C4E review"), reviewers),),
        HIGH: (
            StageRules(gettext("Security"), (Approver(Who.GROUP, SECURITY),)),
            StageRules(gettext("Legal and data"), (Approver(Who.GROUP, LEGAL),)),
            StageRules(gettext("Business"), business),
        ),
    }[tier]


def newest(kind: str, tier: str) -> RouteVersion | None:
    return RouteVersion.objects.filter(kind=kind, tier=tier).order_by("-number").first()


def standing(kind: str, tier: str) -> Route:
    """The route that holds now: the kind's own, else the one for every kind, else the shipped one. Two queries at most."""
    for name in dict.fromkeys((kind, EVERY_KIND)):
        version = newest(name, tier)
        if version is not None and version.stages:
            return Route(name, tier, stages_from(version.stages), version)
    return Route(EVERY_KIND, tier, shipped(tier))


def stages_from(kept: Sequence[dict[str, object]]) -> tuple[StageRules, ...]:
    return tuple(stage_from(stage) for stage in kept)
