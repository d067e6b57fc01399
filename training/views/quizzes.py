"""Before a quiz: its rules, the tries so far, and when the next one opens."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.http import Request
from training.actions.attempts import deadline, turn_for
from training.courses.source import QuizRules
from training.views.lessons import learning


@require_safe
def quiz_detail(request: Request, slug: str) -> HttpResponse:
    course, row, version = learning(request, slug)
    if version.quiz is None:
        raise Http404(_("This course has no quiz."))
    rules, now = QuizRules.from_json(version.quiz), timezone.now()
    ends = deadline(rules, request.user, now)
    context = {
        "section": "courses",
        "course": course,
        "version": version,
        "row": row,
        "rules": rules,
        "questions": sum(pool.count for pool in rules.draw) or version.questions.count(),
        "turn": turn_for(row, now=now) if row else None,
        "attempts": list(row.attempts.exclude(submitted_at=None)) if row else [],
        "own_minutes": round((ends - now).total_seconds() / 60) if ends else None,
    }
    return render(request, "training/quiz_detail.html", context)
