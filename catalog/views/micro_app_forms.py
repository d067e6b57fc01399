"""Describing an app: a new one, an old one, or one from its manifest."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.actions import changes, micro_apps, submissions
from catalog.badge_gate import BadgeNeeded
from catalog.forms.micro_apps import MicroAppForm, first_values, standing_values
from catalog.models import MicroApp
from catalog.permissions import denial_to_edit, denial_to_move
from catalog.states import AppState
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow
from portal.states import InvalidTransition

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def micro_app_create(request: Request) -> HttpResponse:
    if request.method != "POST":
        return form_page(request, MicroAppForm(user=request.user, initial=first_values(request.user)))
    form = MicroAppForm(request.POST, user=request.user)
    if not form.is_valid():
        return form_page(request, form, status=422)
    now = timezone.now()
    app = micro_apps.create(by=request.user, values=form.values, now=now, creation_key=form.key)
    return answer(request, app, now, _("%(app)s is saved as a draft.") % {"app": app.name})


@require_http_methods(PAGE)
def micro_app_edit(request: Request, slug: str) -> HttpResponse:
    app = get_object_or_404(MicroApp.objects.visible_to(request.user), slug=slug)
    allow(denial_to_edit(request.user, app))
    record = MicroApp.objects.get(pk=app.pk)  # a form writes into what it is given
    if request.method != "POST":
        form = MicroAppForm(instance=record, user=request.user, initial=standing_values(app))
        return form_page(request, form, app)
    form = MicroAppForm(request.POST, instance=record, user=request.user, initial=standing_values(app))
    if not form.is_valid():
        return form_page(request, form, app, status=422)
    now = timezone.now()
    try:
        done = changes.change(
            app,
            by=request.user,
            values=form.values,
            now=now,
            seen_at=form.seen,
            reason=form.cleaned_data["change_reason"],
        )
    except (micro_apps.Stale, InvalidTransition) as stale:
        return stale_page(request, app, str(stale))
    if done.proposal is not None:
        messages.success(request, _("The material part is with the reviewers; everything else is saved."))
        return redirect(request, done.proposal.request)
    app = done.app
    return answer(request, app, now, _("%(app)s is saved.") % {"app": app.name})


@require_http_methods(PAGE)
def micro_app_discard_create(request: Request, slug: str) -> HttpResponse:
    app = get_object_or_404(MicroApp.objects.visible_to(request.user), slug=slug)
    if request.method != "POST":
        allow(denial_to_move(request.user, app, "discard"))
        return render(request, "catalog/micro_app_discard_create.html", {"app": app, "section": "my_apps"})
    micro_apps.discard(app, by=request.user, now=timezone.now())
    messages.success(request, _("The draft %(app)s is discarded.") % {"app": app.name})
    return redirect(request, "catalog:my_app_list")


def answer(request: Request, app: MicroApp, now: datetime, said: str) -> HttpResponse:
    """After saving: sent for review when asked, else the page of the app."""
    if request.POST.get("then") == "review" and app.state == AppState.DRAFT:
        messages.success(request, said)
        return redirect(request, "catalog:submission_create", app.slug)
    if request.POST.get("then") == "submit" and app.state == AppState.DRAFT:
        try:
            submissions.submit(app, by=request.user, now=now)
        except BadgeNeeded as refusal:
            messages.error(request, str(refusal))
            return redirect(request, app)
        said = _("%(app)s is sent for review.") % {"app": app.name}
    messages.success(request, said)
    return redirect(request, app)


def stale_page(request: Request, app: MicroApp, said: str) -> HttpResponse:
    """Nothing is saved and nothing lost: the words stay, and the next save is against the record as it is now."""
    app.refresh_from_db(fields=["updated_at"])
    data: QueryDict = request.POST.copy()
    data["seen_at"] = app.updated_at.isoformat()
    record = MicroApp.objects.get(pk=app.pk)
    form = MicroAppForm(data, instance=record, user=request.user, initial=standing_values(app))
    form.add_error(None, said)
    return form_page(request, form, app, status=409)


def form_page(request: Request, form: MicroAppForm, app: MicroApp | None = None, **answer: Any) -> HttpResponse:
    context = {
        "form": form,
        "app": app,
        "section": "my_apps",
        "can_submit": app is None or app.state == AppState.DRAFT,
    }
    return render(request, "catalog/micro_app_form.html", context, **answer)
