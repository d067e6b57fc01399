"""What went wrong, whether a micro app was the cause, and how long it took to put it right."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from catalog.kpis.portfolio import C4E
from catalog.models import Incident
from portal.kpi_rows import counted, days, yes
from portal.kpis import Kpi, Record, Source, Window, register


def noticed(window: Window) -> QuerySet[Incident]:
    """Incidents noticed in the period. The part are those that a micro app caused."""
    rows = Incident.objects.filter(noticed_at__gte=window.since, noticed_at__lt=window.until)
    part = yes(Q(is_attributable=True))
    return counted(rows.order_by("-noticed_at", "pk"), unit="business_unit", part=part)


def resolved(window: Window) -> QuerySet[Incident]:
    rows = Incident.objects.filter(resolved_at__gte=window.since, resolved_at__lt=window.until)
    spent = days(F("resolved_at") - F("noticed_at"))
    return counted(rows.order_by("-resolved_at", "pk"), unit="business_unit", part=spent)


def verdict(incident: Incident) -> str:
    """Whether it counts, in a word."""
    return {True: _now("yes"), False: _now("no"), None: _now("not decided yet")}[incident.is_attributable]


def noticed_record(row: Any) -> Record:
    facts = (row.noticed_at, row.get_severity_display(), row.get_state_display(), verdict(row))
    return Record(row.title, row.get_absolute_url(), facts)


def resolved_record(row: Any) -> Record:
    return Record(row.title, row.get_absolute_url(), (row.noticed_at, row.resolved_at, row.get_severity_display()))


register(
    Kpi(
        "catalog.incidents",
        _("Incidents by micro apps"),
        _("How often a micro app was the cause when something went wrong."),
        _("Incidents noticed in the period of which a reviewer said that a micro app was the cause."),
        _("incidents"),
        "down",
        (
            Source(
                "incidents",
                _("Incidents"),
                noticed,
                noticed_record,
                (_("Noticed"), _("Severity"), _("State"), _("Counts")),
            ),
        ),
        origin=_("What people reported, and what reviewers decided."),
        owner=C4E,
        note=_("Decided by a reviewer, not by an owner"),
        decimals=0,
        counts=True,
        rank=3,
        settle_days=14,
        findings=(
            _("Micro apps cause fewer incidents"),
            _("Micro apps cause more incidents"),
            _("Micro apps cause as many incidents"),
        ),
    ),
    Kpi(
        "catalog.incident_repair",
        _("Time to resolve incidents"),
        _("How long something stays wrong after somebody noticed."),
        _("Mean days from noticed to resolved, of the incidents resolved in the period."),
        _("days"),
        "down",
        (
            Source(
                "incidents",
                _("Incidents resolved"),
                resolved,
                resolved_record,
                (_("Noticed"), _("Resolved"), _("Severity")),
            ),
        ),
        origin=_("What people reported, and what they said was put right."),
        owner=C4E,
        findings=(
            _("Incidents are resolved sooner"),
            _("Incidents are resolved later"),
            _("Incidents are resolved as soon"),
        ),
    ),
)
