"""What the risk of a micro app is computed from. The computation itself is `approvals.risk`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from approvals.risk import RiskFacts, assess
from catalog.models import Clone, Connector, MicroApp
from catalog.models.connector import ConnectorStatus


@dataclass(frozen=True)
class Lineage:
    """The reviewed template an app was made from, and how many of its security fixes the app has not taken."""

    template: str = ""
    missed_fixes: int = 0


def lineage(app: MicroApp) -> Lineage:
    """One query; none for an app that is not saved."""
    return lineage_of(clone_of(app)) if app.pk else Lineage()


def clone_of(app: MicroApp) -> Clone | None:
    """What the app was made from, with how far it is behind."""
    return Clone.objects.filter(app=app).with_newer().select_related("template", "version").first()


def lineage_of(clone: Clone | None) -> Lineage:
    return Lineage(clone.template.name, clone.behind_security) if clone else Lineage()  # type: ignore[attr-defined]


def facts(
    app: MicroApp, hosts: Iterable[str], connectors: Iterable[Connector], origin: Lineage = Lineage()
) -> RiskFacts:
    """Of the contract as it stands in `app`, with the hosts and connectors given: saved or not."""
    uses = sorted(connectors, key=lambda connector: connector.name)
    named = lambda status: tuple(use.name for use in uses if use.status == status)  # noqa: E731
    return RiskFacts(
        data_classification=app.data_classification or "internal",
        hosts=tuple(sorted(hosts)),
        blocked_connectors=named(ConnectorStatus.BLOCKED),
        unreviewed_connectors=named(ConnectorStatus.PROPOSED),
        audience_size=app.audience_size or 0,
        spend=app.monthly_budget,
        template=origin.template,
        missed_fixes=origin.missed_fixes,
    )


def facts_of(app: MicroApp) -> RiskFacts:
    """As the catalog has it; three queries."""
    hosts = app.hosts.values_list("host", flat=True)
    return facts(app, hosts, Connector.objects.filter(uses__app=app), lineage(app))


def tier(found: RiskFacts, weights: Mapping[str, int]) -> str:
    """low, medium or high, by the contract alone. Policies and certification add to it when a decision is asked."""
    return assess(found, weights).tier
