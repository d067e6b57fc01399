"""Sending an app for review: a look at what will happen, and the sending itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.actions.submissions import submit, withdraw
from catalog.badge_gate import BadgeNeeded, badge_missing
from catalog.forecasts import of_draft, of_form
from catalog.forms.micro_apps import MicroAppForm, standing_values
from catalog.models import MicroApp
from catalog.permissions import denial_by_hand, denial_to_edit
from catalog.review_facts import facts_of
from catalog.states import AppState
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow


@require_http_methods(["GET", "HEAD", "POST"])
def submission_create(request: Request, slug: str) -> HttpResponse:
    """The page says the risk and who decides; the POST asks."""
    app = get_object_or_404(MicroApp.objects.visible_to(request.user).with_people(), slug=slug)
    now = timezone.now()
    if request.method != "POST":
        allow(denial_by_hand(request.user, app, "submit"))
        if app.state != AppState.DRAFT:
            return redirect(request, app)
        context = {"section": "my_apps", "app": app, "forecast": of_draft(app, now=now), "facts": facts_of(app)}
        context["badge"] = badge_missing(app, now=now)
        return render(request, "catalog/submission_create.html", context)
    try:
        asked = submit(app, by=request.user, now=now)
    except BadgeNeeded as refusal:
        messages.error(request, str(refusal))
        return redirect(request, app)
    if asked.is_fast_lane:
        messages.success(request, _("%(app)s is approved by the fast lane, and live.") % {"app": app})
    else:
        messages.success(request, _("%(app)s is with the reviewers. You are told what they decide.") % {"app": app})
    return redirect(request, asked)


@require_POST
def submission_withdrawal_create(request: Request, slug: str) -> HttpResponse:
    app = get_object_or_404(MicroApp.objects.visible_to(request.user).with_people(), slug=slug)
    withdraw(app, by=request.user, now=timezone.now())
    messages.success(request, _("%(app)s is a draft again.") % {"app": app})
    return redirect(request, app)


@require_POST
def forecast_create(request: Request) -> HttpResponse:
    """The risk of the form as it is now, for the panel beside it. Nothing is stored."""
    slug = request.GET.get("app", "")
    record = get_object_or_404(MicroApp.objects.visible_to(request.user), slug=slug) if slug else None
    if record is not None:
        allow(denial_to_edit(request.user, record))
    form = MicroAppForm(
        request.POST, instance=record, user=request.user, initial=standing_values(record) if record else None
    )
    return render(request, "approvals/_forecast.html", {"forecast": of_form(form, now=timezone.now())})
