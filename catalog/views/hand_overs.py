from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.actions.hand_overs import OFFERABLE, accept, decline, offer, withdraw
from catalog.forms.hand_overs import AcceptanceForm, DeclineForm, HandOverForm
from catalog.models import HandOver, MicroApp
from catalog.models.hand_over import HandOverState
from catalog.permissions import (
    STATE_REFUSALS,
    denial_to_answer_hand_over,
    denial_to_offer,
    denial_to_withdraw_hand_over,
)
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_create(request: Request, slug: str) -> HttpResponse:
    """Offer the app to one person."""
    app = get_object_or_404(MicroApp.objects.visible_to(request.user).with_people(), slug=slug)
    denial = denial_to_offer(request.user, app)
    standing = app.hand_overs.filter(state=HandOverState.OPEN).select_related("taker", "giver", "by").first()
    form = HandOverForm(request.POST if request.method == "POST" else None, app=app)
    if request.method == "POST":
        allow(denial)
        if form.is_valid():
            offered = offer(app, by=request.user, now=timezone.now(), **form.cleaned_data)
            words = {"app": app.name, "person": offered.taker}
            messages.success(
                request, _("%(app)s is offered to %(person)s. You stay its owner until they accept.") % words
            )
            return redirect(request, app)
    context = {
        "section": "apps",
        "app": app,
        "form": form,
        "standing": standing,
        "denial": denial or (None if app.state in OFFERABLE else STATE_REFUSALS[app.state]),
        "may_withdraw": standing is not None and denial_to_withdraw_hand_over(request.user, standing) is None,
    }
    return render(request, "catalog/hand_over_create.html", context, status=422 if form.errors else 200)


@require_POST
def hand_over_withdrawal_create(request: Request, pk: int) -> HttpResponse:
    hand_over = get_object_or_404(HandOver.objects.seen_by(request.user), pk=pk)
    withdraw(hand_over, by=request.user, now=timezone.now())
    messages.success(request, _("The offer is taken back."))
    return redirect(request, hand_over.app)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_answer(request: Request, pk: int) -> HttpResponse:
    """The person it is offered to accepts or declines."""
    hand_over = get_object_or_404(HandOver.objects.seen_by(request.user), pk=pk)
    denial = denial_to_answer_hand_over(request.user, hand_over)
    is_post, choice = request.method == "POST", request.POST.get("answer", "")
    accepting = AcceptanceForm(request.POST if choice == "accept" else None, hand_over=hand_over, prefix="accept")
    declining = DeclineForm(request.POST if choice == "decline" else None, prefix="decline")
    if is_post:
        allow(denial)
        if choice == "accept" and accepting.is_valid():
            accept(hand_over, by=request.user, now=timezone.now(), **accepting.cleaned_data)
            messages.success(request, _("You are now the owner of %(app)s.") % {"app": hand_over.app})
            return redirect(request, hand_over.app)
        if choice == "decline" and declining.is_valid():
            decline(hand_over, by=request.user, now=timezone.now(), **declining.cleaned_data)
            messages.success(request, _("You have declined %(app)s. The owner is told why.") % {"app": hand_over.app})
            return redirect(request, "home")
    context = {
        "section": "apps",
        "hand_over": hand_over,
        "app": hand_over.app,
        "is_open": hand_over.state == HandOverState.OPEN,
        "denial": denial,
        "accepting": accepting,
        "declining": declining,
        "swaps": hand_over.taker_id == hand_over.app.second_owner_id,
    }
    return render(request, "catalog/hand_over_answer.html", context, status=422 if is_post else 200)
