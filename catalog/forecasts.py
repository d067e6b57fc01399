"""What the review of an app would look like, of a form that is being filled in or of a saved draft."""

from datetime import datetime

from approvals.actions.assessments import Thing
from approvals.actions.forecasts import Forecast, forecast
from approvals.check_sources import source_for
from catalog import risk
from catalog.actions.submissions import NEW_APP, SOURCE, kind_of
from catalog.forms.micro_apps import MicroAppForm
from catalog.models import MicroApp
from catalog.policy_input import document, holders


def of_form(form: MicroAppForm, *, now: datetime, origin: risk.Lineage | None = None) -> Forecast:
    """As far as it is filled in; policies are asked once it is valid. `origin` is the template it is being made from."""
    is_complete, said, app = form.is_valid(), form.cleaned_data, form.instance
    connectors, hosts = list(said.get("connectors") or []), list(said.get("hosts") or [])
    asked = None
    if is_complete:
        app.tags = said["tags"]
        for key in ("owner", "second_owner", "business_unit", "cost_centre"):
            setattr(app, key, said[key])
        needs = [one.slug for one in said["apps"]]
        sbom = app.sboms.filter(is_current=True).first() if app.pk else None
        held = holders([app], now=now)
        asked = document(app, connectors=connectors, hosts=hosts, apps=needs, sbom=sbom, text=None, held=held)
    facts = risk.facts(app, hosts, connectors, origin or risk.lineage(app))
    unit = said.get("business_unit")
    thing = Thing(SOURCE, app.pk, unit.pk if unit else None)
    return forecast(NEW_APP, facts, thing, document=asked, responsible=said.get("owner"), now=now)


def of_draft(app: MicroApp, *, now: datetime) -> Forecast:
    """As the catalog has it."""
    (found,) = source_for(SOURCE).things([app.pk], now=now)
    thing = Thing(SOURCE, app.pk, app.business_unit_id)
    return forecast(kind_of(app), risk.facts_of(app), thing, document=found.input, responsible=app.owner, now=now)
