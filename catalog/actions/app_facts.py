"""What is true beside an app's state: quarantine, exemption from sweeps, featured; always with a reason."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.actions.moves import lock
from catalog.models import AppFact, MicroApp
from catalog.models.app_fact import FactKind
from catalog.permissions import denial_to_state_facts
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition


def state(app: MicroApp, *, by: User, kind: str, reason: str, now: datetime, until: datetime | None = None) -> AppFact:
    """State a fact from now on; any end lies ahead, and one fact of a kind stands at a time. Exemptions are asked for."""
    with transaction.atomic():
        allow(denial_to_state_facts(by))
        if kind == FactKind.EXEMPTION:
            raise InvalidTransition(_("An exemption is asked for, so that two people have looked."))
        if until is not None and until <= now:
            raise ValidationError({"until": _("The end lies in the past. Choose a later day.")})
        return write(lock(app), by=by, kind=FactKind(kind), reason=reason, now=now, until=until)


def write(
    app: MicroApp, *, by: User, kind: FactKind, reason: str, now: datetime, until: datetime | None = None
) -> AppFact:
    """The fact itself, on a locked app, once it is clear that it may stand."""
    with transaction.atomic():
        if app.facts.standing(now).filter(kind=kind).exists():
            raise InvalidTransition(
                _("%(app)s has this mark already: %(fact)s. End it first to set it anew.")
                % {"app": app.name, "fact": kind.label.lower()}
            )
        # One whose time ran out is still open for the constraint: close it at the end it had.
        app.facts.filter(kind=kind, ended_at=None).update(ended_at=models.F("until"))
        fact = AppFact.objects.create(app=app, kind=kind, reason=reason, at=now, by=by, until=until)
        facts = {"kind": kind.value, "until": until.isoformat() if until else None}
        audit.record(f"catalog.{kind.value}_stated", app, by=by, now=now, reason=reason, facts=facts)
        return fact


def end(fact: AppFact, *, by: User, now: datetime, reason: str = "") -> AppFact:
    """End a standing fact before its time."""
    with transaction.atomic():
        allow(denial_to_state_facts(by))
        app = lock(fact.app)
        fact = AppFact.objects.select_for_update().get(pk=fact.pk)
        if fact.ended_at is not None or (fact.until is not None and fact.until <= now):
            raise InvalidTransition(_("This has ended already. Nothing is left to do."))
        fact.ended_at, fact.ended_by = now, by
        fact.save(update_fields=["ended_at", "ended_by"])
        audit.record(f"catalog.{fact.kind}_ended", app, by=by, now=now, reason=reason, facts={"kind": fact.kind})
        return fact


audit.register(
    catalog__quarantine_stated=audit.Verb(gettext_lazy("Quarantined"), "octagon-alert", "bad"),
    catalog__quarantine_ended=audit.Verb(gettext_lazy("Quarantine ended"), "circle-check", "ok"),
    catalog__exemption_stated=audit.Verb(gettext_lazy("Exempt from sweeps"), "snowflake", "info"),
    catalog__exemption_ended=audit.Verb(gettext_lazy("Exemption ended"), "snowflake", "mute"),
    catalog__featured_stated=audit.Verb(gettext_lazy("Featured"), "star", "ok"),
    catalog__featured_ended=audit.Verb(gettext_lazy("No longer featured"), "star", "mute"),
)
