"""Long work: my jobs, one job with its progress, and the console page of those that failed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal import counters, paging, permissions
from portal.actions import jobs
from portal.htmx import is_fragment, redirect, render_page
from portal.http import Request
from portal.models import Job, User
from portal.models.job import JobState
from portal.models.user import Role

STOP_POLLING = 286  # htmx's own status: swap this in and ask no more
TABS = (
    ("failed", gettext_lazy("Failed"), JobState.DEAD),
    ("running", gettext_lazy("Running"), JobState.RUNNING),
    ("waiting", gettext_lazy("Waiting"), JobState.OPEN),
)


def job_list(request: Request) -> HttpResponse:
    page = paging.page(Job.objects.asked_by(request.user), "-id", size=50, **paging.place(request.GET))
    return render_page(request, "portal/job_list.html", {"section": "jobs_mine", "page": page})


def job_detail(request: Request, pk: int) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user).select_related("by"), pk=pk)
    status = STOP_POLLING if job.is_over and is_fragment(request) else 200
    context = {"section": "", "job": job, "may_retry": request.user.has_role(Role.STAFF)}
    return render_page(request, "portal/job_detail.html", context, "portal/_job_progress.html", status)


@require_POST
def job_cancellation_create(request: Request, pk: int) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    jobs.cancel(job, by=request.user, now=timezone.now())
    return redirect(request, "job_detail", pk)


def dead_job_list(request: Request) -> HttpResponse:
    permissions.allow(permissions.denial_to_use_console(request.user))
    chosen = request.GET.get("state", "failed")
    state = next((state for key, _label, state in TABS if key == chosen), JobState.DEAD)
    found = Job.objects.in_state(state).select_related("by")
    context = {
        "section": "jobs",
        "state": state,
        "tabs": tabs(state),
        "page": paging.page(found, "-id", size=50, **paging.place(request.GET)),
    }
    return render_page(request, "portal/dead_job_list.html", context)


def tabs(current: JobState) -> list[dict[str, Any]]:
    return [{"label": label, "url": f"?state={key}", "current": state == current} for key, label, state in TABS]


@require_POST
def job_retry_create(request: Request, pk: int) -> HttpResponse:
    permissions.allow(permissions.denial_to_use_console(request.user))
    job = jobs.retry(get_object_or_404(Job, pk=pk), by=request.user, now=timezone.now())
    messages.success(request, _("%(job)s starts again.") % {"job": job})
    return redirect(request, "job_detail", pk)


@require_POST
def job_discard_create(request: Request, pk: int) -> HttpResponse:
    permissions.allow(permissions.denial_to_use_console(request.user))
    job = jobs.discard(get_object_or_404(Job, pk=pk), by=request.user, now=timezone.now())
    messages.success(request, _("%(job)s is discarded.") % {"job": job})
    return redirect(request, "dead_job_list")


def dead(user: User) -> int:
    return Job.objects.in_state(JobState.DEAD)[:100].count()


counters.register("dead_jobs", dead)
