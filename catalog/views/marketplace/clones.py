"""A maker's clones, and those of a template for who keeps it."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.forms.marketplace.upgrades import CampaignForm
from catalog.models import Campaign, Clone, CloneDraft
from catalog.models.marketplace.clone import CloneQuerySet
from catalog.views.marketplace.template_desk import kept
from portal import downloads
from portal.http import Request
from portal.paging import page, place

PAGE_SIZE = 50
HEAD = ("app", "owner", "version", "behind", "security_fixes_missed", "state")


@require_safe
def clone_list(request: Request) -> HttpResponse:
    clones = Clone.objects.standing().of_people(request.user.answers_for).with_newer()
    drafts = CloneDraft.objects.of(request.user).unfinished().select_related("template")
    context = {
        "section": "clones",
        "page": page(
            clones.select_related("app", "template", "version"), "-created_at", size=PAGE_SIZE, **place(request.GET)
        ),
        "drafts": drafts.order_by("-updated_at")[:20],
        "today": request.user.local_date(timezone.now()),
    }
    return render(request, "catalog/marketplace/clone_list.html", context)


@require_safe
def template_clone_list(request: Request, slug: str) -> HttpResponse:
    """Which apps stand on which version, those furthest behind first, and the campaign that asks them."""
    template = kept(request, slug)
    now = timezone.now()
    only_behind = request.GET.get("behind") == "1"
    clones = rows_of(template.pk, only_behind)
    campaign = Campaign.objects.filter(template=template, ended_at=None).select_related("target").first()
    fix = template.versions.published().filter(is_security=True).order_by("-rank").first()
    offered = fix or template.latest
    first = {"target": offered.number if offered else None}
    context = {
        "section": "template_desk",
        "template": template,
        "page": page(clones, "-behind", size=PAGE_SIZE, **place(request.GET)),
        "only_behind": only_behind,
        "campaign": campaign,
        "past": Campaign.objects.filter(template=template, ended_at__isnull=False).select_related("target")[:10],
        "form": CampaignForm(template=template, today=request.user.local_date(now), initial=first),
    }
    return render(request, "catalog/marketplace/template_clone_list.html", context)


def rows_of(template_id: int, only_behind: bool) -> CloneQuerySet:
    clones = Clone.objects.standing().filter(template=template_id).with_newer()
    clones = clones.behind() if only_behind else clones
    return clones.select_related("app__owner", "version")


@require_safe
def template_clone_export(request: Request, slug: str) -> StreamingHttpResponse:
    template = kept(request, slug)
    found = rows_of(template.pk, request.GET.get("behind") == "1")
    rows = (
        [one.app.slug, one.app.owner.email, one.version.number, one.behind, one.behind_security, one.app.state]
        for one in downloads.newest_first(found)
    )
    return downloads.attachment(downloads.csv_lines(HEAD, rows), f"{template.slug}-clones.csv", "text/csv")
