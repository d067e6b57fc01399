"""Marks beside the state of an app: set and ended by staff."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.actions import app_facts
from catalog.forms.app_facts import FactEndForm, FactForm
from catalog.models import AppFact, MicroApp
from catalog.models.app_fact import FactKind
from catalog.permissions import denial_to_state_facts
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def fact_create(request: Request, slug: str) -> HttpResponse:
    app = get_object_or_404(MicroApp.objects.visible_to(request.user), slug=slug)
    allow(denial_to_state_facts(request.user))
    asked = request.GET.get("kind", "")
    form = FactForm(request.POST or None, initial={"kind": asked if asked in FactKind.values else ""})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        fact = app_facts.state(
            app, by=request.user, kind=said["kind"], reason=said["reason"], until=form.until, now=timezone.now()
        )
        messages.success(request, _("%(app)s: %(fact)s.") % {"app": app.name, "fact": fact.get_kind_display()})
        return redirect(request, app)
    status = 422 if request.method == "POST" else 200
    return render(request, "catalog/fact_create.html", {"form": form, "app": app, "section": "apps"}, status=status)


@require_http_methods(PAGE)
def fact_end_create(request: Request, slug: str, pk: int) -> HttpResponse:
    app = get_object_or_404(MicroApp.objects.visible_to(request.user), slug=slug)
    fact = get_object_or_404(AppFact.objects.filter(app=app).select_related("by", "app"), pk=pk)
    allow(denial_to_state_facts(request.user))
    form = FactEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        app_facts.end(fact, by=request.user, reason=form.cleaned_data["reason"], now=timezone.now())
        messages.success(request, _("%(fact)s: ended.") % {"fact": fact.get_kind_display()})
        return redirect(request, app)
    context = {"form": form, "app": app, "fact": fact, "section": "apps"}
    return render(request, "catalog/fact_end_create.html", context, status=422 if request.method == "POST" else 200)
