"""Answering a request: deciding, handing on, deciding instead of others, and saying that a condition is met."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.actions.conditions import confirm
from approvals.actions.decisions import decide, override
from approvals.actions.hand_ons import hand_on
from approvals.forms.decisions import DecisionForm, HandOnForm, OverrideForm
from approvals.models import ApprovalRequest, Condition
from approvals.permissions import denial_to_hand_on, denial_to_override, denial_to_take_part
from approvals.states import RequestState
from approvals.views.decision_page import detail_context
from approvals.views.requests import PAGE, seen_by
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow
from portal.states import InvalidTransition


def answered(
    request: Request, asked: ApprovalRequest, act: Callable[[], object], said: str, **forms: Any
) -> HttpResponse:
    """Do it. When somebody was faster, the page says so and shows the words that were not stored."""
    try:
        act()
    except InvalidTransition as refusal:
        fresh = ApprovalRequest.objects.for_table().get(pk=asked.pk)
        return render(request, PAGE, detail_context(request.user, fresh, conflict=str(refusal), **forms), status=409)
    messages.success(request, said)
    return redirect(request, asked)


@require_POST
def decision_create(request: Request, pk: int) -> HttpResponse:
    asked = seen_by(request, pk)
    allow(denial_to_take_part(request.user, asked, now=timezone.now()))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, detail_context(request.user, asked, form=form), status=422)
    said = _("Your decision is stored. The person who asked is told as soon as the request is decided.")
    if form.state != RequestState.APPROVED:
        said = _("Your decision is stored, and the person who asked is told.")
    act = lambda: decide(asked, by=request.user, now=timezone.now(), **form.answer)  # noqa: E731
    return answered(request, asked, act, said, form=form)


@require_POST
def hand_on_create(request: Request, pk: int) -> HttpResponse:
    asked = seen_by(request, pk)
    allow(denial_to_hand_on(request.user, asked, now=timezone.now()))
    form = HandOnForm(request.POST, prefix="hand")
    if not form.is_valid():
        return render(request, PAGE, detail_context(request.user, asked, hand_on_form=form), status=422)
    said = _("%(person)s is asked now.") % {"person": form.cleaned_data["to"]}
    act = lambda: hand_on(asked, by=request.user, now=timezone.now(), **form.cleaned_data)  # noqa: E731
    return answered(request, asked, act, said, hand_on_form=form)


@require_POST
def override_create(request: Request, pk: int) -> HttpResponse:
    asked = seen_by(request, pk)
    allow(denial_to_override(request.user, asked))
    form = OverrideForm(request.POST, prefix="override")
    if not form.is_valid():
        return render(request, PAGE, detail_context(request.user, asked, override_form=form), status=422)
    said = _("It is decided, and the person who asked is told.")
    act = lambda: override(asked, by=request.user, now=timezone.now(), **form.cleaned_data)  # noqa: E731
    return answered(request, asked, act, said, override_form=form)


@require_POST
def condition_confirmation_create(request: Request, pk: int, condition: int) -> HttpResponse:
    asked = seen_by(request, pk)
    row = get_object_or_404(Condition, pk=condition, request=asked)
    act = lambda: confirm(row, by=request.user, now=timezone.now())  # noqa: E731
    return answered(request, asked, act, _("The condition is met."))
