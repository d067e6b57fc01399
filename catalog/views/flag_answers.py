from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.actions.archives import archive
from catalog.actions.flags import keep
from catalog.actions.hand_overs import offer
from catalog.actions.moves import refuse_unless
from catalog.forms.flag_answers import FlagAnswerForm
from catalog.models import MicroApp
from catalog.permissions import STATE_REFUSALS, denial_to_answer_flag
from catalog.states import AppState
from catalog.usage_facts import verdict_of
from portal.htmx import redirect
from portal.http import Request
from portal.models import User
from portal.permissions import allow


@require_http_methods(["GET", "HEAD", "POST"])
def flag_answer_create(request: Request, slug: str) -> HttpResponse:
    """Why it was flagged, and the three answers."""
    app = get_object_or_404(MicroApp.objects.visible_to(request.user).with_people(), slug=slug)
    flag = app.flags.filter(answered_at=None).first()
    denial = denial_to_answer_flag(request.user, app, flag)
    form = FlagAnswerForm(request.POST if request.method == "POST" else None, app=app)
    if request.method == "POST":
        if app.state == AppState.FLAGGED:
            allow(denial)
        refuse_unless(app, "keep")
        if form.is_valid():
            messages.success(request, answer(app, by=request.user, **form.cleaned_data))
            return redirect(request, app)
    context = {
        "section": "apps",
        "app": app,
        "flag": flag,
        "form": form,
        "denial": denial if app.state == AppState.FLAGGED else STATE_REFUSALS[app.state],
        "verdict": verdict_of(app, now=timezone.now()),
    }
    return render(request, "catalog/flag_answer_create.html", context, status=422 if form.errors else 200)


def answer(app: MicroApp, *, answer: str, reason: str, taker: User | None, by: User) -> str:
    """Give the answer; returns what is said to the person."""
    words: dict[str, Any] = {"app": app.name, "person": taker}
    now = timezone.now()
    if answer == "keep":
        keep(app, by=by, now=now, reason=reason)
        return _("%(app)s stays.") % words
    if answer == "archive":
        archive(app, by=by, now=now, reason=reason)
        return _("%(app)s is archived. Its page says until when one click restores it.") % words
    assert taker is not None  # the form has seen to it
    offer(app, taker=taker, by=by, now=now, reason=reason)
    return _("%(app)s is offered to %(person)s. It stays flagged until they accept.") % words
