"""The desk of those who keep templates: the list, one template, who answers for it, taking it out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.actions.marketplace import templates
from catalog.forms.marketplace.template_changes import DeprecationForm, KeepingForm
from catalog.models import AppTemplate, Clone
from catalog.permissions_marketplace import denial_to_bring_template, denial_to_keep_template
from catalog.template_states import VersionState
from portal import measuring
from portal.htmx import redirect
from portal.http import Request
from portal.models.user import Role
from portal.paging import page, place
from portal.permissions import allow
from portal.timeline import events_of

PAGE, PAGE_SIZE = ["GET", "HEAD", "POST"], 50
STATES = {
    "open": gettext_lazy("Offered and in the making"),
    "waiting": gettext_lazy("Something waits"),
    "unpublished": gettext_lazy("Not published yet"),
    "deprecated": gettext_lazy("Deprecated"),
}


@require_safe
def template_desk(request: Request) -> HttpResponse:
    now = timezone.now()
    state = request.GET.get("state", "") if request.GET.get("state") in STATES else "open"
    rows = AppTemplate.objects.at_desk_of(request.user).in_state(state).for_desk()
    context = {
        "section": "template_desk",
        "page": page(rows, "name", size=PAGE_SIZE, **place(request.GET)),
        "state": state,
        "tabs": [{"label": label, "url": f"?state={key}", "current": key == state} for key, label in STATES.items()],
        "figures": measuring.figures("marketplace.", now=now) if request.user.has_role(Role.STAFF) else [],
        "bring_denial": denial_to_bring_template(request.user, now=now),
    }
    return render(request, "catalog/marketplace/template_desk.html", context)


def kept(request: Request, slug: str) -> AppTemplate:
    """A template this person keeps; for others it is refused with who does."""
    seen = AppTemplate.objects.visible_to(request.user).with_figures()
    template = get_object_or_404(seen.select_related("latest", "owner", "author", "team", "successor"), slug=slug)
    allow(denial_to_keep_template(request.user, template))
    return template


@require_safe
def template_desk_detail(request: Request, slug: str) -> HttpResponse:
    return desk_page(request, kept(request, slug))


def desk_page(
    request: Request, template: AppTemplate, form: KeepingForm | None = None, status: int = 200
) -> HttpResponse:
    first = {"owner": template.owner, "team": template.team.code if template.team else None}
    context: dict[str, Any] = {
        "section": "template_desk",
        "template": template,
        "versions": template.versions.exclude(state=VersionState.DISCARDED).order_by("-rank"),
        "form": form or KeepingForm(initial=first),
        "may_feature": request.user.has_role(Role.STAFF),
        "events": events_of(template, limit=12),
    }
    return render(request, "catalog/marketplace/template_desk_detail.html", context, status=status)


@require_POST
def template_edit(request: Request, slug: str) -> HttpResponse:
    template, form = kept(request, slug), KeepingForm(request.POST)
    if not form.is_valid():
        return desk_page(request, template, form, status=422)
    templates.edit(template, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect(request, "catalog:template_desk_detail", template.slug)


@require_POST
def template_feature_create(request: Request, slug: str) -> HttpResponse:
    template = kept(request, slug)
    featured = request.POST.get("featured") == "1"
    templates.feature(template, featured=featured, by=request.user, now=timezone.now())
    said = _("%(template)s is featured.") if featured else _("%(template)s is no longer featured.")
    messages.success(request, said % {"template": template})
    return redirect(request, "catalog:template_desk_detail", template.slug)


@require_http_methods(PAGE)
def template_deprecation_create(request: Request, slug: str) -> HttpResponse:
    """A page of its own, because everybody sees it: it says who is affected."""
    template = kept(request, slug)
    form = DeprecationForm(request.POST or None, template=template)
    if request.method == "POST" and form.is_valid():
        templates.deprecate(template, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("%(template)s is deprecated.") % {"template": template})
        return redirect(request, "catalog:template_desk_detail", template.slug)
    drafts = template.drafts.unfinished().count()
    context = {
        "section": "template_desk",
        "template": template,
        "form": form,
        "standing": Clone.objects.standing().filter(template=template).count(),
        "drafts": drafts,
        "wishes": template.wishes.count(),
        "succeeds": list(template.succeeds.order_by("name")),
    }
    return render(
        request, "catalog/marketplace/template_deprecation_create.html", context, status=422 if form.errors else 200
    )


@require_POST
def template_revival_create(request: Request, slug: str) -> HttpResponse:
    template = templates.revive(kept(request, slug), by=request.user, now=timezone.now())
    messages.success(request, _("%(template)s is offered again.") % {"template": template})
    return redirect(request, "catalog:template_desk_detail", template.slug)
