"""Upgrade campaigns of a template."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.actions.marketplace import campaigns
from catalog.forms.marketplace.upgrades import CampaignForm
from catalog.models import Campaign
from catalog.permissions_marketplace import denial_to_keep_template
from catalog.views.marketplace.template_desk import kept
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow


@require_POST
def campaign_create(request: Request, slug: str) -> HttpResponse:
    template, now = kept(request, slug), timezone.now()
    form = CampaignForm(request.POST, template=template, today=request.user.local_date(now))
    if not form.is_valid():
        context = {"section": "template_desk", "template": template, "form": form}
        return render(request, "catalog/marketplace/campaign_create.html", context, status=422)
    campaign = campaigns.call(template, **form.cleaned_data, by=request.user, now=now)
    messages.success(request, _("Every owner of an app that is behind is asked in their next digest."))
    return redirect(request, campaign)


def seen(request: Request, pk: int) -> Campaign:
    campaign = get_object_or_404(Campaign.objects.select_related("template__owner", "target", "by"), pk=pk)
    allow(denial_to_keep_template(request.user, campaign.template))
    return campaign


@require_safe
def campaign_detail(request: Request, pk: int) -> HttpResponse:
    campaign = seen(request, pk)
    left = campaigns.behind(campaign)
    number = left.count()
    context = {
        "section": "template_desk",
        "campaign": campaign,
        "template": campaign.template,
        "left": left.select_related("app__owner", "version").order_by("app__name", "pk")[:100],
        "number": number,
        "done": max(campaign.clones_at_start - number, 0),
        "most": max(campaign.clones_at_start, 1),
    }
    return render(request, "catalog/marketplace/campaign_detail.html", context)


@require_POST
def campaign_end_create(request: Request, pk: int) -> HttpResponse:
    campaign = campaigns.end(seen(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("The campaign is over. Nobody is asked for it any more."))
    return redirect(request, campaign)
