"""An attempt: its questions with what was answered, saved one by one, handed in, and looked back at."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.htmx import is_fragment, redirect
from portal.http import Request
from portal.permissions import allow
from portal.states import InvalidTransition
from training.actions import attempts, enrolments
from training.actions.attempts import turn_for
from training.attempt_rules import DELTA_RULES, phase_of, turn_of
from training.courses.source import QuizRules
from training.models import Attempt
from training.permissions import denial_to_answer, denial_to_see_attempt
from training.questions import answers
from training.shown import looked_back, shown
from training.views.courses import seen_course, standing_of


@require_POST
def attempt_create(request: Request, slug: str) -> HttpResponse:
    course, now = seen_course(slug), timezone.now()
    row = standing_of(request.user, course) or enrolments.enrol(course, by=request.user, now=now)
    try:
        return redirect(request, attempts.start(row, by=request.user, now=now))
    except InvalidTransition as refusal:
        messages.error(request, str(refusal))
        return redirect(request, "training:quiz_detail", slug)


def own_attempt(request: Request, pk: int) -> Attempt:
    found = Attempt.objects.select_related(
        "user", "enrolment__course__current", "enrolment__version", "recertification__award__certification"
    )
    return get_object_or_404(found, pk=pk)


@require_safe
def attempt_detail(request: Request, pk: int) -> HttpResponse:
    """The questions while it runs; after the end the result, as far as the rules of review let it be seen."""
    attempt, now = own_attempt(request, pk), timezone.now()
    allow(denial_to_see_attempt(request.user, attempt))
    if attempt.submitted_at is None and attempt.is_over(now):
        attempts.submit(attempt, {}, by=attempt.user, now=now)  # the time ran out: what was saved counts
        attempt = own_attempt(request, pk)
    rows = list(attempt.items.select_related("question__version").order_by("position"))
    rules = QuizRules.from_json(attempt.rules)
    context = {
        "section": "courses",
        "attempt": attempt,
        "rules": rules,
        "title": title_of(attempt),
        "back": attempt.enrolment or attempt.recertification,
        "is_own": attempt.user_id == request.user.pk,
    }
    if attempt.submitted_at is None:
        allow(denial_to_answer(request.user, attempt))
        items = [shown(row) for row in rows]
        answered = sum(1 for row in rows if row.answer is not None)
        context |= {"items": items, "answered": answered, "total": len(items)}
        return render(request, "training/attempt_form.html", context)
    turn = turn_after(attempt, now)
    visible = rules.shown(phase_of(attempt, turn)) if context["is_own"] else ("score", "answers", "explanations")
    context |= {
        "turn": turn,
        "visible": visible,
        "items": [looked_back(row) for row in rows] if "answers" in visible or "explanations" in visible else [],
        "lessons": lessons_to_read(attempt, rows) if not attempt.passed else [],
    }
    return render(request, "training/attempt_result.html", context)


def title_of(attempt: Attempt) -> str:
    if attempt.enrolment is not None:
        return _("Quiz: %(course)s") % {"course": attempt.enrolment.version.title}
    assert attempt.recertification is not None
    return _("Short quiz: %(badge)s") % {"badge": attempt.recertification.award.certification.title}


def turn_after(attempt: Attempt, now: Any) -> Any:
    if attempt.enrolment is not None:
        return turn_for(attempt.enrolment, now=now)
    assert attempt.recertification is not None
    return turn_of(DELTA_RULES, list(attempt.recertification.attempts.all()), now=now)


def lessons_to_read(attempt: Attempt, rows: list[Any]) -> list[Any]:
    """The lessons of the questions that went wrong: a reading list that gives no answer away."""
    if attempt.enrolment is None:
        return []
    slugs = {row.question.content.get("lesson") for row in rows if (row.score or 0) < 1}
    return list(attempt.enrolment.version.lessons.filter(slug__in=slugs - {None}))


def given(request: Request, attempt: Attempt) -> dict[int, Any]:
    """The answers of the form, by the place of their question. A question whose fields were not sent is left as it is; an
    address that names places outside the attempt is refused by the action."""
    places = {name.split("-")[0] for name in request.POST if name.startswith("q") and name.split("-")[0][1:].isdigit()}
    marked = {f"q{number}" for number in request.POST.getlist("there") if number.isascii() and number.isdigit()}
    wanted = {int(name[1:]) for name in places | marked if len(name) < 6}
    rows = {row.position: row for row in attempt.items.select_related("question")}
    return {
        place: answers.read(attempts.item_of(rows[place]), request.POST, f"q{place}") if place in rows else None
        for place in wanted
    }


@require_POST
def answer_create(request: Request, pk: int) -> HttpResponse:
    """One answer, or all of the page, saved at once."""
    attempt = own_attempt(request, pk)
    allow(denial_to_answer(request.user, attempt))
    try:
        attempts.answer(attempt, given(request, attempt), by=request.user, now=timezone.now())
    except InvalidTransition as refusal:
        messages.error(request, str(refusal))
        return redirect(request, attempt)
    if is_fragment(request):
        rows = attempt.items.all()
        context = {"answered": sum(1 for row in rows if row.answer is not None), "total": len(rows), "saved": True}
        return render(request, "training/_attempt_saved.html", context)
    messages.success(request, _("Saved. You can close the page and go on later."))
    return redirect(request, attempt)


@require_POST
def submission_create(request: Request, pk: int) -> HttpResponse:
    attempt = own_attempt(request, pk)
    allow(denial_to_answer(request.user, attempt))
    attempts.submit(attempt, given(request, attempt), by=request.user, now=timezone.now())
    return redirect(request, attempt)
