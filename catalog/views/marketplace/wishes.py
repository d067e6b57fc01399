"""Wishes for templates: asked, voted for, answered."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.actions.marketplace import wishes
from catalog.forms.marketplace.wishes import WishAnswerForm, WishForm
from catalog.models import AppTemplate, Wish, WishVote
from catalog.models.marketplace.wish import WishState
from catalog.permissions_marketplace import denial_to_answer_wish
from portal.htmx import redirect
from portal.http import Request
from portal.paging import page, place

PAGE_SIZE, NEAR = 30, 5


@require_safe
def wish_list(request: Request) -> HttpResponse:
    """The most wanted first; answered ones on a tab of their own."""
    answered = request.GET.get("state") == "answered"
    found = Wish.objects.exclude(state=WishState.OPEN) if answered else Wish.objects.filter(state=WishState.OPEN)
    rows = found.select_related("by", "template").annotate(voices=Count("votes"))
    shown = page(rows, "-voices", size=PAGE_SIZE, **place(request.GET))
    mine = set(
        WishVote.objects.filter(by=request.user, wish__in=[wish.pk for wish in shown.rows]).values_list(
            "wish", flat=True
        )
    )
    tabs = [
        {"label": _("Open"), "url": "?state=open", "current": not answered},
        {"label": _("Answered"), "url": "?state=answered", "current": answered},
    ]
    context = {"section": "templates", "page": shown, "mine": mine, "tabs": tabs, "answered": answered}
    return render(request, "catalog/marketplace/wish_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def wish_create(request: Request) -> HttpResponse:
    """What is near to the words is shown first: perhaps it is there already."""
    title = (request.POST.get("title") or request.GET.get("title", "")).replace("\x00", "").strip()[:80]
    form = WishForm(request.POST or None, initial={"title": title})
    if request.method == "POST" and form.is_valid():
        wish = wishes.ask(**form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Your wish is there for others to vote on. You are told what becomes of it."))
        return redirect(request, wish)
    context = {
        "section": "templates",
        "form": form,
        "templates": AppTemplate.objects.published().matching(title)[:NEAR] if title else [],
        "wishes": Wish.objects.filter(state=WishState.OPEN, title__trigram_word_similar=title)[:NEAR] if title else [],
    }
    return render(request, "catalog/marketplace/wish_create.html", context, status=422 if form.errors else 200)


def found(pk: int) -> Wish:
    wishes_found = Wish.objects.select_related("by", "template", "answered_by").annotate(voices=Count("votes"))
    return get_object_or_404(wishes_found, pk=pk)


@require_safe
def wish_detail(request: Request, pk: int) -> HttpResponse:
    return wish_page(request, found(pk))


def wish_page(request: Request, wish: Wish, form: WishAnswerForm | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "templates",
        "wish": wish,
        "voted": WishVote.objects.filter(wish=wish, by=request.user).exists(),
        "may_answer": wish.state == WishState.OPEN and denial_to_answer_wish(request.user) is None,
        "form": form or WishAnswerForm(),
    }
    return render(request, "catalog/marketplace/wish_detail.html", context, status=status)


@require_POST
def wish_vote_create(request: Request, pk: int) -> HttpResponse:
    wish = found(pk)
    wishes.vote(wish, wanted=request.POST.get("wanted") != "0", by=request.user, now=timezone.now())
    return redirect(request, wish)


@require_POST
def wish_answer_create(request: Request, pk: int) -> HttpResponse:
    wish, form = found(pk), WishAnswerForm(request.POST)
    if not form.is_valid():
        return wish_page(request, wish, form, status=422)
    wishes.answer(wish, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, _("Everybody who wants it is told."))
    return redirect(request, wish)
