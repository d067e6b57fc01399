"""Proposing a connector, and changing the proposal after it was sent back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.actions import connector_proposals
from catalog.forms.connectors import ConnectorForm
from catalog.models import Connector
from catalog.permissions import denial_to_change_proposed_connector, denial_to_propose_connector
from catalog.views.connectors import form_page
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def connector_proposal_create(request: Request) -> HttpResponse:
    allow(denial_to_propose_connector(request.user))
    form = ConnectorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        connector = connector_proposals.propose(by=request.user, values=form.cleaned_data, now=timezone.now())
        messages.success(request, _("%(connector)s is with the reviewers.") % {"connector": connector.name})
        return redirect(request, connector)
    return form_page(request, form, proposes=True)


@require_http_methods(PAGE)
def connector_proposal_edit(request: Request, slug: str) -> HttpResponse:
    connector = get_object_or_404(Connector, slug=slug)
    allow(denial_to_change_proposed_connector(request.user, connector))
    form = ConnectorForm(request.POST or None, instance=Connector.objects.get(pk=connector.pk))
    if request.method == "POST" and form.is_valid():
        connector = connector_proposals.revise(connector, by=request.user, values=form.cleaned_data, now=timezone.now())
        messages.success(request, _("%(connector)s is with the reviewers again.") % {"connector": connector.name})
        return redirect(request, connector)
    return form_page(request, form, connector, proposes=True)
