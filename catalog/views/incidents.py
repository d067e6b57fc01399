"""Incidents: the list, the report, and the page on which one is worked on."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.actions import incidents
from catalog.forms.incidents import CauseForm, IncidentForm, IncidentTextForm, LessonForm
from catalog.models import Incident, MicroApp
from catalog.permissions import denial_to_state_facts
from catalog.permissions_incidents import denial_to_decide_cause, denial_to_report_incident, denial_to_work_on_incident
from portal.htmx import redirect
from portal.http import Request
from portal.paging import page, place
from portal.permissions import allow

SECTION = {"section": "incidents"}
TABS = ("open", "undecided", "all")


@require_safe
def incident_list(request: Request) -> HttpResponse:
    """The newest first: open ones, those without a decision on the cause, or all."""
    chosen = request.GET.get("state", "open")
    chosen = chosen if chosen in TABS else "open"
    seen = Incident.objects.visible_to(request.user).select_related("reported_by", "business_unit")
    found = {"open": seen.open(), "undecided": seen.undecided(), "all": seen}[chosen]
    labels = {"open": _("Open"), "undecided": _("Cause not decided"), "all": _("All")}
    context = {
        **SECTION,
        "page": page(found.prefetch_related("apps"), "-noticed_at", size=30, **place(request.GET)),
        "tabs": [{"label": labels[key], "url": f"?state={key}", "current": key == chosen} for key in TABS],
        "may_report": denial_to_report_incident(request.user) is None,
    }
    return render(request, "catalog/incidents/incident_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def incident_create(request: Request) -> HttpResponse:
    """With `app` in the address, that app is named already."""
    allow(denial_to_report_incident(request.user))
    slug = request.GET.get("app", "").replace("\x00", "")
    app = MicroApp.objects.visible_to(request.user).filter(slug=slug).first() if slug else None
    form = IncidentForm(request.POST or None, user=request.user, initial={"apps": [app] if app else []})
    if request.method == "POST" and form.is_valid():
        incident = incidents.report(**form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Thank you. Owners and the C4E are told; write here what you learn."))
        return redirect(request, incident)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "catalog/incidents/incident_create.html", {**SECTION, "form": form, "app": app}, status=status
    )


def found(request: Request, pk: int) -> Incident:
    seen = Incident.objects.visible_to(request.user).select_related(
        "reported_by", "decided_by", "business_unit", "lesson_course", "lesson_policy"
    )
    return get_object_or_404(seen.prefetch_related("apps__owner", "apps__second_owner", "notes__by"), pk=pk)


@require_safe
def incident_detail(request: Request, pk: int) -> HttpResponse:
    return incident_page(request, found(request, pk))


def incident_page(request: Request, incident: Incident, status: int = 200, **forms: Form) -> HttpResponse:
    """`forms` are those with errors, in place of the empty ones."""
    course, policy = incident.lesson_course, incident.lesson_policy
    lesson = {"lesson": incident.lesson, "course": course and course.slug, "policy": policy and policy.slug}
    answer = {True: "yes", False: "no", None: ""}[incident.is_attributable]
    context: dict[str, Any] = {
        **SECTION,
        "incident": incident,
        "notes": sorted(incident.notes.all(), key=lambda note: (note.at, note.pk)),
        "hours": ((incident.resolved_at or timezone.now()) - incident.noticed_at).total_seconds() / 3600,
        "may_work": denial_to_work_on_incident(request.user, incident) is None,
        "cause_denial": denial_to_decide_cause(request.user, incident),
        "may_mark": denial_to_state_facts(request.user) is None,
        "text_form": IncidentTextForm(),
        "cause_form": CauseForm(initial={"is_attributable": answer, "cause": incident.cause}),
        "lesson_form": LessonForm(initial=lesson),
        **forms,
    }
    return render(request, "catalog/incidents/incident_detail.html", context, status=status)


@require_POST
def incident_note_create(request: Request, pk: int) -> HttpResponse:
    """A note; with `then` it also says that the incident is put right, or open again."""
    incident, form = found(request, pk), IncidentTextForm(request.POST)
    if not form.is_valid():
        return incident_page(request, incident, 422, text_form=form)
    act = {"resolve": incidents.resolve, "reopen": incidents.reopen}.get(request.POST.get("then", ""), incidents.note)
    act(incident, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
    return redirect(request, incident)


@require_POST
def incident_cause_create(request: Request, pk: int) -> HttpResponse:
    incident, form = found(request, pk), CauseForm(request.POST)
    if not form.is_valid():
        return incident_page(request, incident, 422, cause_form=form)
    incidents.decide_cause(incident, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, _("The cause is decided. The board counts it from now on."))
    return redirect(request, incident)


@require_POST
def incident_lesson_create(request: Request, pk: int) -> HttpResponse:
    incident, form = found(request, pk), LessonForm(request.POST)
    if not form.is_valid():
        return incident_page(request, incident, 422, lesson_form=form)
    incidents.learn(incident, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, _("The lesson is kept."))
    return redirect(request, incident)
