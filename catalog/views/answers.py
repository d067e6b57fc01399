"""The page behind a mail link: open without signing in, answered once, silent about everything but the app's name and end."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.actions.answer_links import Dead, Question, Unknown, find, redeem
from catalog.actions.archives import archive
from catalog.actions.hand_overs import offer
from catalog.actions.renewals import renew
from catalog.forms.answers import AnswerForm
from catalog.models import MicroApp
from catalog.models.renewal import RenewalWay
from catalog.renewal_offer import offer_of
from portal.models import User
from portal.states import InvalidTransition

MISSES, WINDOW = 60, 10 * 60


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST answers; a link that no longer answers says where to go instead."""
    try:
        response = ask_or_answer(request, token)
    except Unknown:
        status = 429 if missed_too_often(request) else 404
        response = render(request, "catalog/answer_gone.html", {"status": status}, status=status)
    except (Dead, PermissionDenied):
        response = render(request, "catalog/answer_gone.html", {"status": 410}, status=410)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def ask_or_answer(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    question = find(token, now=now)
    proposal = offer_of(question.app, question.person, now=now)
    form = AnswerForm(
        request.POST if request.method == "POST" else None, app=question.app, needs_reason=proposal.needs_reason
    )
    form.fields["days"].choices = proposal.choices  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        return give(request, token, question, form)
    context = {"app": question.app, "proposal": proposal, "form": form, "token": token}
    return render(request, "catalog/answer.html", context, status=422 if form.errors else 200)


def give(request: HttpRequest, token: str, question: Question, form: AnswerForm) -> HttpResponse:
    """Store the answer and use the link up; what the rules refuse is said, and the link stays good."""
    said: list[str] = []

    def act(app: MicroApp, person: User) -> None:
        said.append(carry_out(app, person, form.cleaned_data))

    try:
        redeem(token, act, now=timezone.now())
    except InvalidTransition as refusal:
        form.add_error(None, str(refusal))
        context = {
            "app": question.app,
            "proposal": offer_of(question.app, question.person, now=timezone.now()),
            "form": form,
            "token": token,
        }
        return render(request, "catalog/answer.html", context, status=409)
    return render(request, "catalog/answer_given.html", {"said": said[0], "app": question.app})


def carry_out(app: MicroApp, person: User, cleaned: dict[str, object]) -> str:
    """Do what was chosen, in the name of the person the link was sent to; returns what is said."""
    now, reason, words = timezone.now(), str(cleaned.get("reason") or ""), {"app": app.name}
    if cleaned["answer"] == "renew":
        days = int(str(cleaned["days"]))
        renewed = renew(app, days=days, by=person, now=now, reason=reason, way=RenewalWay.MAIL)
        return _("%(app)s is renewed until %(day)s.") % {
            **words,
            "day": formats.date_format(renewed.renewal.new_end, "j F Y"),
        }
    if cleaned["answer"] == "archive":
        put_away = archive(app, by=person, now=now, reason=reason, way=RenewalWay.MAIL)
        end = formats.date_format(put_away.restore_until, "j F Y")
        return _("%(app)s is archived. One click restores it until %(day)s, after signing in.") % {**words, "day": end}
    taker = cleaned["taker"]
    assert isinstance(taker, User)  # the form has seen to it
    offer(app, taker=taker, by=person, now=now, reason=reason, way=RenewalWay.MAIL)
    return _("%(app)s is offered to the person you named. You stay its owner until they accept.") % words


def missed_too_often(request: HttpRequest) -> bool:
    """Counts links that never existed, per address; guessing is hopeless and still not worth our time."""
    key = f"answer-misses:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, WINDOW)
    return cache.incr(key) > MISSES
