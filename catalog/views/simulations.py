"""What the sweeps will do in the next days, worked out as a job and shown as a calendar."""

import calendar
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.forms.sweeps import SimulationForm
from catalog.models.sweep_run import SweepKind
from catalog.sweeps import wording
from portal import jobs
from portal.htmx import redirect, render_page
from portal.http import Request
from portal.models import Job
from portal.permissions import allow, denial_to_use_console

NAME = "catalog.simulate_sweeps"
SHOWN = 300


@require_http_methods(["GET", "HEAD", "POST"])
def simulation(request: Request) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    form = SimulationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["days"]
        job = jobs.enqueue(
            NAME,
            by=request.user,
            title=_("Simulation of %(days)s days") % {"days": days},
            days=days,
            start=timezone.now().isoformat(),
        )
        return redirect(request, "catalog:simulation_detail", job.pk)
    recent = Job.objects.filter(name=NAME).select_related("by").defer("result").order_by("-pk")[:10]
    return render(request, "catalog/simulation.html", {"section": "sweeps", "form": form, "recent": recent})


@require_safe
def simulation_detail(request: Request, pk: int) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    job = get_object_or_404(Job.objects.filter(name=NAME).select_related("by"), pk=pk)
    context = {"section": "sweeps", "job": job, "days": job.arguments["days"]}
    if job.state == "done":
        context |= shown(job.result, request.GET.get("day", ""))
    response = render_page(request, "catalog/simulation_detail.html", context, fragment="catalog/_simulation.html")
    if not job.is_over:
        response["Refresh"] = f"3; url={reverse('catalog:simulation_detail', args=[pk])}"
    return response


def shown(result: dict[str, Any], day: str) -> dict[str, Any]:
    """The months and the list; with a day chosen, only that day's lines."""
    day = day if day in result["counts"] else ""
    lines = [line for line in result["lines"] if not day or line["day"] == day]
    totals: dict[str, int] = {}
    for counts in result["counts"].values():
        for key, count in counts.items():
            totals[key] = totals.get(key, 0) + count
    return {
        "result": result,
        "months": months(result),
        "weekdays": calendar.Calendar().monthdatescalendar(2026, 6)[0],
        "day": date.fromisoformat(day) if day else None,
        "lines": [line | {"on": date.fromisoformat(line["day"])} for line in lines[:SHOWN]],
        "left_out": (sum(result["counts"][day].values()) if day else result["total"]) - len(lines[:SHOWN]),
        "totals": [(label_of(key), count) for key, count in sorted(totals.items(), key=lambda one: -one[1])],
        "refused": [(SweepKind(kind).label, wording.say_reason(why)) for kind, why in result["refused"].items()],
        "held_days": len(result["held"]),
    }


def label_of(key: str) -> str:
    return wording.action_label(key.partition(".")[2])


def months(result: dict[str, Any]) -> list[dict[str, Any]]:
    """Weeks of days, each with what will happen. Days outside the simulation are empty."""
    first = date.fromisoformat(result["start"])
    last = first + timedelta(days=result["days"] - 1)
    found, at = [], first.replace(day=1)
    while at <= last:
        weeks = [
            [cell(day, result) if day.month == at.month and first <= day <= last else None for day in week]
            for week in calendar.Calendar().monthdatescalendar(at.year, at.month)
        ]
        found.append({"first": at, "weeks": [week for week in weeks if any(week)]})
        at = (at + timedelta(days=32)).replace(day=1)
    return found


def cell(day: date, result: dict[str, Any]) -> dict[str, Any]:
    key = day.isoformat()
    counts = result["counts"].get(key, {})
    lines = [(label_of(name), count, name.endswith((".archive", ".retire"))) for name, count in counts.items()]
    return {"day": day, "key": key, "lines": lines, "held": key in result["held"]}
