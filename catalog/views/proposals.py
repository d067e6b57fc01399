"""Pages on which something is asked of an app: one form, and after it the request."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from approvals.states import RequestState
from catalog.actions import budgets
from catalog.actions.proposals import propose, standing_of
from catalog.forms.proposals import BudgetForm, ExemptionForm, OwnershipForm, ProposalForm
from catalog.models import MicroApp, Proposal
from catalog.models.proposal import ProposalKind
from catalog.permissions import denial_to_propose
from catalog.rules import RuleBook
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow

PAGE = ["GET", "HEAD", "POST"]
Text = str | Promise


@dataclass(frozen=True)
class Page:
    kind: ProposalKind
    form: type[ProposalForm]
    title: Text
    lead: Text
    button: Text
    icon: str
    ask: Callable[[Request, MicroApp, ProposalForm], Proposal | None]


def ask(kind: ProposalKind) -> Callable[[Request, MicroApp, ProposalForm], Proposal | None]:
    def asking(request: Request, app: MicroApp, form: ProposalForm) -> Proposal | None:
        reason = form.cleaned_data["reason"]
        return propose(app, kind=kind, values=form.values, reason=reason, by=request.user, now=timezone.now())

    return asking


def ask_budget(request: Request, app: MicroApp, form: ProposalForm) -> Proposal | None:
    said = form.cleaned_data
    return budgets.state(app, amount=said["amount"], reason=said["reason"], by=request.user, now=timezone.now())


OWNERSHIP = Page(
    ProposalKind.OWNERSHIP,
    OwnershipForm,
    gettext_lazy("Take %(app)s over"),
    gettext_lazy(
        "You become its owner when a reviewer agrees. Ask its owner first if you can: a hand-over is quicker."
    ),
    gettext_lazy("Ask to become its owner"),
    "handshake",
    ask(ProposalKind.OWNERSHIP),
)
BUDGET = Page(
    ProposalKind.SPEND,
    BudgetForm,
    gettext_lazy("Budget of %(app)s"),
    gettext_lazy("What the app may cost a month. Up to the limit it holds at once; above it a reviewer decides."),
    gettext_lazy("Set the budget"),
    "coins",
    ask_budget,
)
EXEMPTION = Page(
    ProposalKind.EXEMPTION,
    ExemptionForm,
    gettext_lazy("Exempt %(app)s from sweeps"),
    gettext_lazy("For an app that rests on purpose, such as one used once a year. A reviewer decides."),
    gettext_lazy("Ask for the exemption"),
    "snowflake",
    ask(ProposalKind.EXEMPTION),
)


def waiting(app: MicroApp, kind: str) -> dict[str, Any]:
    """What a page says of the proposal that stands; while it `is_waiting` the page has no form."""
    standing = standing_of(app, kind)
    returned = standing is not None and standing.request is not None and standing.request.state == RequestState.RETURNED
    return {"proposal": standing, "is_waiting": standing is not None and not returned}


def proposal_page(request: Request, slug: str, page: Page) -> HttpResponse:
    app = get_object_or_404(MicroApp.objects.visible_to(request.user).with_people(), slug=slug)
    denial = denial_to_propose(request.user, app, page.kind)
    asked = waiting(app, page.kind)
    form = page.form(request.POST or None, app=app, user=request.user, standing=asked["proposal"])
    if request.method == "POST":
        allow(denial)
        if form.is_valid():
            proposal = page.ask(request, app, form)
            if proposal is None:
                messages.success(request, _("It is set."))
                return redirect(request, app)
            messages.success(request, _("It is with the reviewers. You are told what they decide."))
            return redirect(request, proposal.request)
    context = {
        "section": "apps",
        "app": app,
        "title": str(page.title) % {"app": app.name},
        "page": page,
        "form": form,
        "denial": denial,
        **asked,
        "limit": RuleBook.load().for_app("budget_free", app) if page is BUDGET else None,
    }
    return render(request, "catalog/proposal_create.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def ownership_create(request: Request, slug: str) -> HttpResponse:
    return proposal_page(request, slug, OWNERSHIP)


@require_http_methods(PAGE)
def budget_create(request: Request, slug: str) -> HttpResponse:
    return proposal_page(request, slug, BUDGET)


@require_http_methods(PAGE)
def exemption_create(request: Request, slug: str) -> HttpResponse:
    return proposal_page(request, slug, EXEMPTION)
