"""Incidents: reported by anybody, worked on, put right, judged by somebody who owns none of the apps, and learnt from."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.models import Policy
from catalog.models import Incident, IncidentApp, IncidentNote, MicroApp
from catalog.models.incident import IncidentState
from catalog.notifications.incidents import tell_reported, tell_resolved
from catalog.permissions_incidents import (
    denial_to_decide_cause,
    denial_to_report_incident,
    denial_to_work_on_incident,
)
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition
from training.models import Course


@transaction.atomic
def report(
    *,
    title: str,
    text: str,
    severity: str,
    noticed_at: datetime,
    apps: Collection[MicroApp],
    by: User,
    now: datetime,
) -> Incident:
    """The same words of the same person about an open incident are one report. Owners and staff are told at once."""
    allow(denial_to_report_incident(by))
    if noticed_at > now:
        raise ValidationError({"noticed_at": _("This lies in the future. Say when it was noticed.")})
    User.objects.select_for_update().get(pk=by.pk)  # a double click is one report
    twin = Incident.objects.open().filter(reported_by=by, title=title, text=text).first()
    if twin is not None:
        return twin
    first = next(iter(apps), None)
    incident = Incident.objects.create(
        title=title,
        text=text,
        severity=severity,
        noticed_at=noticed_at,
        reported_at=now,
        reported_by=by,
        business_unit_id=first.business_unit_id if first else by.business_unit_id,
    )
    IncidentApp.objects.bulk_create(IncidentApp(incident=incident, app=app) for app in apps)
    audit.record("catalog.incident_reported", incident, by=by, now=now, facts={"severity": severity})
    for app in apps:
        audit.record("catalog.app_in_incident", app, by=by, now=now, facts={"incident": incident.pk, "title": title})
    tell_reported(incident, now=now)
    return incident


@transaction.atomic
def note(incident: Incident, *, text: str, by: User, now: datetime) -> IncidentNote:
    """A line of the timeline. Twice the same within an open page is once."""
    incident = lock(incident)
    allow(denial_to_work_on_incident(by, incident))
    last = incident.notes.order_by("-at", "-pk").first()
    if last is not None and (last.text, last.by_id) == (text, by.pk):
        return last
    return IncidentNote.objects.create(incident=incident, text=text, by=by, at=now)


@transaction.atomic
def resolve(incident: Incident, *, text: str, by: User, now: datetime) -> Incident:
    """It is put right; `text` says how. The time until now is what the board sees."""
    incident = lock(incident)
    allow(denial_to_work_on_incident(by, incident))
    if not incident.is_open:
        raise InvalidTransition(_("This incident is resolved already. Open it again if it came back."))
    incident.state, incident.resolved_at = IncidentState.RESOLVED, now
    incident.save(update_fields=["state", "resolved_at"])
    IncidentNote.objects.create(incident=incident, text=text, by=by, at=now)
    audit.record("catalog.incident_resolved", incident, by=by, now=now, reason=text[:300])
    tell_resolved(incident, now=now)
    return incident


@transaction.atomic
def reopen(incident: Incident, *, text: str, by: User, now: datetime) -> Incident:
    """It was not put right, or it came back."""
    incident = lock(incident)
    allow(denial_to_work_on_incident(by, incident))
    if incident.is_open:
        raise InvalidTransition(_("This incident is open. Write a note instead."))
    incident.state, incident.resolved_at = IncidentState.OPEN, None
    incident.save(update_fields=["state", "resolved_at"])
    IncidentNote.objects.create(incident=incident, text=text, by=by, at=now)
    audit.record("catalog.incident_reopened", incident, by=by, now=now, reason=text[:300])
    return incident


@transaction.atomic
def decide_cause(incident: Incident, *, is_attributable: bool, cause: str, by: User, now: datetime) -> Incident:
    """Whether a micro app was the cause. It may be decided anew; the audit log keeps what was said before."""
    incident = lock(incident)
    allow(denial_to_decide_cause(by, incident))
    before = {"is_attributable": incident.is_attributable, "cause": incident.cause}
    incident.is_attributable, incident.cause, incident.decided_by, incident.decided_at = is_attributable, cause, by, now
    incident.save(update_fields=["is_attributable", "cause", "decided_by", "decided_at"])
    changes = audit.changes_between(before, {"is_attributable": is_attributable, "cause": cause})
    audit.record("catalog.incident_cause_decided", incident, by=by, now=now, reason=cause[:300], changes=changes)
    return incident


@transaction.atomic
def learn(
    incident: Incident, *, lesson: str, course: Course | None, policy: Policy | None, by: User, now: datetime
) -> Incident:
    """What is done so that it does not happen again, and the course or policy that carries it."""
    incident = lock(incident)
    allow(denial_to_decide_cause(by, incident))
    incident.lesson, incident.lesson_course, incident.lesson_policy = lesson, course, policy
    incident.save(update_fields=["lesson", "lesson_course", "lesson_policy"])
    facts = {"course": course.slug if course else "", "policy": policy.slug if policy else ""}
    audit.record("catalog.incident_lesson", incident, by=by, now=now, reason=lesson[:300], facts=facts)
    return incident


def lock(incident: Incident) -> Incident:
    found = Incident.objects.select_for_update(of=("self",)).prefetch_related("apps")
    return found.get(pk=incident.pk)


audit.register(
    catalog__incident_reported=audit.Verb(gettext_lazy("Incident reported"), "octagon-alert", "bad"),
    catalog__app_in_incident=audit.Verb(gettext_lazy("Touched by an incident"), "octagon-alert", "bad"),
    catalog__incident_resolved=audit.Verb(gettext_lazy("Incident resolved"), "circle-check", "ok"),
    catalog__incident_reopened=audit.Verb(gettext_lazy("Incident opened again"), "octagon-alert", "warn"),
    catalog__incident_cause_decided=audit.Verb(gettext_lazy("Cause decided"), "scale", "info"),
    catalog__incident_lesson=audit.Verb(gettext_lazy("Lesson written down"), "lightbulb", "info"),
)
audit.register_page("catalog.incident", "catalog:incident_detail")
