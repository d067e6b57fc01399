"""The hands-on task: a manifest is sent until the real policies pass."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition
from training import exercises
from training.actions import enrolments
from training.courses.source import Exercise
from training.models import Enrolment, ExerciseTry
from training.permissions import denial_to_act_in

LARGEST = 20_000
KEPT = 50  # tries of one enrolment


@transaction.atomic
def attempt(enrolment: Enrolment, text: str, *, by: User, now: datetime) -> ExerciseTry:
    """Check it as a real manifest is checked, and keep what was sent."""
    enrolment = enrolments.lock(enrolment)
    allow(denial_to_act_in(by, enrolment))
    if enrolment.version.exercise is None:
        raise InvalidTransition(_("This course has no hands-on task."))
    if len(text) > LARGEST:
        raise InvalidTransition(_("That is longer than a manifest can be. Keep to what the task asks for."))
    task = Exercise.from_json(enrolment.version.exercise)
    results = exercises.check(text, task)
    passed = all(result.passed for result in results)
    row = ExerciseTry.objects.create(
        enrolment=enrolment,
        text=text,
        results=[{"title": one.title, "reasons": list(one.reasons)} for one in results],
        passed=passed,
        at=now,
    )
    old = enrolment.exercise_tries.filter(passed=False).order_by("-id").values_list("pk", flat=True)[KEPT:]
    enrolment.exercise_tries.filter(pk__in=list(old)).delete()
    if passed:
        audit.record("training.exercise_passed", enrolment, by=by, now=now)
        enrolments.complete_if_done(enrolment, now=now)
    return row


audit.register(training__exercise_passed=audit.Verb(gettext_lazy("Hands-on task passed"), "wand-sparkles", "ok"))
