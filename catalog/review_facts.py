"""What a reviewer sees of an app, as labels and plain texts in the language of the person who asks."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.registry import Fact
from catalog.models import Connector, MicroApp
from catalog.tags import inline


def listed(values: list[str]) -> str:
    return ", ".join(values) if values else _("none")


def facts_of(app: MicroApp) -> list[Fact]:
    connectors = list(Connector.objects.filter(uses__app=app).order_by("name"))
    blocked = [connector.name for connector in connectors if connector.status == "blocked"]
    hosts = list(app.hosts.order_by("host").values_list("host", flat=True))
    needs = list(app.needs.order_by("needed__name").values_list("needed__name", flat=True))
    days = ngettext("%(days)d day", "%(days)d days", app.lifespan_days) % {"days": app.lifespan_days}
    return [
        Fact(_("Purpose"), app.purpose),
        Fact(_("Business justification"), app.justification),
        Fact(_("Owner"), str(app.owner)),
        Fact(_("Second owner"), str(app.second_owner)),
        Fact(_("Contact"), app.contact),
        Fact(_("Business unit"), str(app.business_unit)),
        Fact(_("Cost centre"), str(app.cost_centre)),
        Fact(_("Data it handles"), app.get_data_classification_display()),
        Fact(_("People who use it"), str(app.audience_size)),
        Fact(_("Service level"), app.get_sla_tier_display()),
        Fact(_("Expected lifespan"), days),
        Fact(_("Tags"), inline(app.tags) or _("none")),
        Fact(_("Connectors"), listed([connector.name for connector in connectors])),
        Fact(_("Blocked connectors"), listed(blocked)),
        Fact(_("External hosts"), listed(hosts)),
        Fact(_("Apps it needs"), listed(needs)),
    ]
