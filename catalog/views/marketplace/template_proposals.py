"""Proposing an app as a template."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from catalog.actions.marketplace import template_proposals
from catalog.actions.marketplace.template_rows import BadTemplate
from catalog.forms.marketplace.template_proposals import TemplateProposalForm
from catalog.views.marketplace.repositories import own
from portal.htmx import redirect
from portal.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def template_proposal_create(request: Request, slug: str) -> HttpResponse:
    """What can be reused of the app stands on top; the form asks what the marketplace is to say."""
    clone, now = own(request, slug), timezone.now()
    look = template_proposals.look_at(clone)
    first = {"name": clone.app.name[:60], "kind": clone.template.kind, "description": clone.app.purpose}
    form = TemplateProposalForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        connectors = list(
            clone.app.connector_uses.order_by("connector__slug").values_list("connector__slug", flat=True)
        )
        hosts = list(clone.app.hosts.order_by("host").values_list("host", flat=True))
        described = form.described(clone, connectors, hosts)
        try:
            version = template_proposals.propose(clone, look, described=described, by=request.user, now=now)
            return redirect(request, version)
        except BadTemplate as error:
            form.add_error(None, str(error))
    context = {"section": "clones", "clone": clone, "app": clone.app, "form": form, "found": look.support}
    status = 422 if form.is_bound else 200
    return render(request, "catalog/marketplace/template_proposal_create.html", context, status=status)
