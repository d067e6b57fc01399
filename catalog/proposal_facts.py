"""What a reviewer sees of a proposal: what is asked, as labels and plain texts, before the contract as it stands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.registry import Fact
from approvals.risk import RiskFacts
from catalog import risk
from catalog.models import Connector, MicroApp, Proposal
from catalog.models.micro_app import DataClass
from catalog.models.proposal import ProposalKind
from catalog.review_facts import facts_of as facts_of_app
from portal.models import User


def facts_of(proposal: Proposal) -> list[Fact]:
    return [*ASKED[proposal.kind](proposal), Fact(_("Reason given"), proposal.reason), *facts_of_app(proposal.app)]


def risk_facts_of(proposal: Proposal) -> RiskFacts:
    """The risk of the app as it would be."""
    found, asked = risk.facts_of(proposal.app), proposal.values
    if proposal.kind == ProposalKind.SPEND:
        return replace(found, spend=asked["amount"])
    if proposal.kind != ProposalKind.CHANGE:
        return found
    app = MicroApp(
        data_classification=asked.get("data_classification", proposal.app.data_classification),
        audience_size=asked.get("audience_size", proposal.app.audience_size),
        monthly_budget=proposal.app.monthly_budget,
    )
    uses = Connector.objects.filter(uses__app=proposal.app) | Connector.objects.filter(
        slug__in=asked.get("connectors", [])
    )
    return risk.facts(app, {*found.hosts, *asked.get("hosts", [])}, uses.distinct(), risk.lineage(app))


def change(proposal: Proposal) -> list[Fact]:
    app, asked = proposal.app, proposal.values
    facts = []
    if "data_classification" in asked:
        new = DataClass(asked["data_classification"]).label
        facts.append(Fact(_("Data it would handle"), f"{app.get_data_classification_display()} → {new}"))
    if "audience_size" in asked:
        facts.append(Fact(_("People who would use it"), f"{app.audience_size} → {asked['audience_size']}"))
    if names := asked.get("connectors"):
        known = Connector.objects.filter(slug__in=names).order_by("name").values_list("name", flat=True)
        facts.append(Fact(_("Connectors it would add"), ", ".join(known)))
    if hosts := asked.get("hosts"):
        facts.append(Fact(_("External hosts it would add"), ", ".join(hosts)))
    return facts


def renewal(proposal: Proposal) -> list[Fact]:
    days = proposal.values["days"]
    so_far = proposal.app.unused_renewals
    end = date.fromisoformat(proposal.values["term_end"])
    return [
        Fact(_("Term asked for"), ngettext("%(days)d day", "%(days)d days", days) % {"days": days}),
        Fact(_("Present end"), formats.date_format(end, "j F Y")),
        Fact(_("Renewals in a row without use"), str(so_far)),
    ]


def restore(proposal: Proposal) -> list[Fact]:
    return [Fact(_("Violations when it was archived"), "; ".join(proposal.values.get("violations", [])))]


def ownership(proposal: Proposal) -> list[Fact]:
    people = {user.email: user for user in User.objects.filter(email__in=proposal.values.values())}
    named = lambda key: str(people.get(proposal.values[key], proposal.values[key]))  # noqa: E731
    return [
        Fact(_("New owner"), named("owner")),
        Fact(_("New second owner"), named("second_owner")),
        Fact(_("Owner now"), str(proposal.app.owner)),
    ]


def spend(proposal: Proposal) -> list[Fact]:
    now = proposal.app.monthly_budget
    old = _("none stated") if now is None else str(now)
    return [Fact(_("Budget a month"), f"{old} → {proposal.values['amount']}")]


def exemption(proposal: Proposal) -> list[Fact]:
    last = date.fromisoformat(proposal.values["last_day"])
    return [Fact(_("Exempt from sweeps until"), formats.date_format(last, "j F Y"))]


ASKED: dict[str, Callable[[Proposal], list[Fact]]] = {
    ProposalKind.CHANGE: change,
    ProposalKind.RENEWAL: renewal,
    ProposalKind.RESTORE: restore,
    ProposalKind.OWNERSHIP: ownership,
    ProposalKind.SPEND: spend,
    ProposalKind.EXEMPTION: exemption,
}
