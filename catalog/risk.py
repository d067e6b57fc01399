"""What the risk of a micro app is computed from. The computation itself is `approvals.risk`."""

from collections.abc import Iterable, Mapping

from approvals.risk import RiskFacts, assess
from catalog.models import Connector, MicroApp
from catalog.models.connector import ConnectorStatus


def facts(app: MicroApp, hosts: Iterable[str], connectors: Iterable[Connector]) -> RiskFacts:
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
    )


def facts_of(app: MicroApp) -> RiskFacts:
    """As the catalog has it; two queries."""
    return facts(app, app.hosts.values_list("host", flat=True), Connector.objects.filter(uses__app=app))


def tier(found: RiskFacts, weights: Mapping[str, int]) -> str:
    """low, medium or high, by the contract alone. Policies and certification add to it when a decision is asked."""
    return assess(found, weights).tier
