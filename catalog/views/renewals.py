from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.actions.proposals import propose
from catalog.actions.renewals import renew
from catalog.forms.renewals import RenewalForm
from catalog.models import MicroApp
from catalog.models.proposal import ProposalKind
from catalog.permissions import denial_to_care
from catalog.renewal_offer import offer_of
from catalog.views.proposals import waiting
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow


@require_http_methods(["GET", "HEAD", "POST"])
def renewal_create(request: Request, slug: str) -> HttpResponse:
    """Read the facts, confirm them, choose a term. A second click finds it renewed already."""
    app = get_object_or_404(MicroApp.objects.visible_to(request.user).with_people(), slug=slug)
    offer = offer_of(app, request.user, now=timezone.now())
    form = RenewalForm(
        request.POST if request.method == "POST" else None,
        choices=offer.choices,
        needs_reason=offer.needs_reason,
        needs_check=offer.needs_check,
        initial={"term_end": app.expires_on},
    )
    if request.method == "POST":
        allow(denial_to_care(request.user, app))
        if form.is_valid() and offer.needs_decision:
            return ask(request, app, form)
        if form.is_valid():
            renewed = renew(app, by=request.user, now=timezone.now(), **answers(form))
            words = {"app": app.name, "day": formats.date_format(renewed.renewal.new_end, "j F Y")}
            text = (
                _("%(app)s is renewed already, until %(day)s.")
                if renewed.already
                else _("%(app)s is renewed until %(day)s.")
            )
            messages.success(request, text % words)
            return redirect(request, app)
    context = {
        "section": "apps",
        "app": app,
        "offer": offer,
        **waiting(app, ProposalKind.RENEWAL),
        "form": form,
        "connectors": [
            use.connector for use in app.connector_uses.select_related("connector").order_by("connector__name")
        ],
        "hosts": list(app.hosts.order_by("host")),
        "needs": [need.needed for need in app.needs.select_related("needed").order_by("needed__name")],
    }
    return render(request, "catalog/renewal_create.html", context, status=422 if form.errors else 200)


def ask(request: Request, app: MicroApp, form: RenewalForm) -> HttpResponse:
    """Beyond the limit of the rules a renewal is a request."""
    said = form.cleaned_data
    values = {"days": said["days"], "term_end": said["term_end"].isoformat()}
    proposal = propose(
        app, kind=ProposalKind.RENEWAL, values=values, reason=said["reason"], by=request.user, now=timezone.now()
    )
    messages.success(request, _("The renewal of %(app)s is with the reviewers.") % {"app": app.name})
    return redirect(request, proposal.request)


def answers(form: RenewalForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "confirmed"}
