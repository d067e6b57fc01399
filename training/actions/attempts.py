"""Attempts at a quiz: begun with a stored draw, answered one by one, handed in once."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition
from training import policy_keys
from training.actions import enrolments, recertifications
from training.attempt_rules import DELTA_RULES, Turn, turn_of
from training.courses.source import QuizRules
from training.models import Attempt, AttemptItem, Enrolment, Question, Recertification, TimeAllowance
from training.permissions import denial_to_act_in, denial_to_answer, denial_to_teach
from training.questions import codec, drawing, grading
from training.questions.item import Item


def turn_for(enrolment: Enrolment, *, now: datetime) -> Turn:
    assert enrolment.version.quiz is not None
    rules = QuizRules.from_json(enrolment.version.quiz)
    return turn_of(rules, list(enrolment.attempts.all()), now=now, extra=enrolment.extra_attempts)


def lock(attempt: Attempt) -> Attempt:
    return (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("user", "enrolment__course", "enrolment__version", "recertification__award__certification")
        .get(pk=attempt.pk)
    )


@transaction.atomic
def start(enrolment: Enrolment, *, by: User, now: datetime) -> Attempt:
    """Begin, or go on with the attempt that is open: a double click begins one."""
    enrolment = enrolments.lock(enrolment)
    allow(denial_to_act_in(by, enrolment))
    if enrolment.version.quiz is None:
        raise InvalidTransition(_("This course has no quiz."))
    rules, turn = QuizRules.from_json(enrolment.version.quiz), turn_for(enrolment, now=now)
    if turn.open is not None and not turn.open.is_over(now):
        return turn.open
    if turn.open is not None:
        hand_in(lock(turn.open), now=now)  # its time ran out while nobody looked
        turn = turn_for(enrolment, now=now)
    refuse_unless_ready(turn, by)
    questions = list(Question.objects.filter(version=enrolment.version_id).order_by("position"))
    attempt = Attempt(user=by, enrolment=enrolment, number=turn.number, rules=rules.as_json(), started_at=now)
    return begin(attempt, questions, rules, by=by, now=now)


@transaction.atomic
def start_delta(row: Recertification, *, by: User, now: datetime) -> Attempt:
    """The short quiz on what changed: all its questions, no limit of tries, the same waits."""
    row = Recertification.objects.select_for_update(of=("self",)).select_related("award__user").get(pk=row.pk)
    if row.award.user_id != by.pk:
        allow(_("This is somebody else's quiz. Nobody answers for another."))
    if row.done_at is not None:
        raise InvalidTransition(_("This quiz is passed. Your badge counts."))
    turn = turn_of(DELTA_RULES, list(row.attempts.all()), now=now)
    if turn.open is not None:
        return turn.open
    refuse_unless_ready(turn, by)
    questions = list(Question.objects.filter(pk__in=row.questions).order_by("pk"))
    attempt = Attempt(user=by, recertification=row, number=turn.number, rules=DELTA_RULES.as_json(), started_at=now)
    return begin(attempt, questions, DELTA_RULES, by=by, now=now)


def refuse_unless_ready(turn: Turn, user: User) -> None:
    if turn.passed is not None:
        raise InvalidTransition(_("You have passed this quiz already."))
    if turn.left == 0:
        raise InvalidTransition(_("No attempt is left. Ask the C4E for another one: they see where you got stuck."))
    if turn.wait_until is not None:
        when = date_format(turn.wait_until.astimezone(user.zone), "j F Y, H:i")
        raise InvalidTransition(
            _("The next attempt opens on %(when)s. Read the lessons again until then.") % {"when": when}
        )


def begin(attempt: Attempt, questions: Sequence[Question], rules: QuizRules, *, by: User, now: datetime) -> Attempt:
    """Draw, order and freeze the questions. One whose policy cannot answer now is not asked."""
    attempt.seed = secrets.token_hex(16)
    attempt.deadline_at = deadline(rules, by, now)
    items = [codec.read(question.content) for question in questions]
    keys = policy_keys.keys_of({n: item.policy for n, item in enumerate(items) if item.policy})
    able = [n for n in range(len(items)) if keys.get(n, True) is not None]
    chosen = drawing.drawn([items[n] for n in able], rules.draw, attempt.seed, shuffle=rules.shuffle)
    if not chosen:
        raise InvalidTransition(_("No question can be asked at the moment. Try again later, or tell the C4E."))
    try:
        with transaction.atomic():
            attempt.save()
    except IntegrityError:
        raise InvalidTransition(_("Another tab has begun this quiz. Go on there, or open it again.")) from None
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            position=position,
            question=questions[able[n]],
            key=keys.get(able[n]),
            order=drawing.option_order(items[able[n]], attempt.seed, shuffle=rules.shuffle),
        )
        for position, n in enumerate(chosen, start=1)
    )
    audit.record("training.attempt_started", attempt, by=by, now=now, facts={"number": attempt.number})
    return attempt


def deadline(rules: QuizRules, user: User, now: datetime) -> datetime | None:
    """When the time is over for this person; None without a limit."""
    if rules.time_limit is None:
        return None
    more = TimeAllowance.objects.filter(user=user).first()
    if more is None:
        return now + timedelta(minutes=rules.time_limit)
    return None if more.percent is None else now + timedelta(minutes=rules.time_limit * more.percent / 100)


@transaction.atomic
def answer(attempt: Attempt, answers: Mapping[int, Any], *, by: User, now: datetime) -> int:
    """Save answers by the place of their question. Returns how many were saved.

    A place that is not in this attempt is refused, and so is anything after the end."""
    attempt = lock(attempt)
    allow(denial_to_answer(by, attempt))
    if attempt.is_over(now):
        raise InvalidTransition(_("This attempt is over. Answers are not taken any more."))
    return save_answers(attempt, answers, now=now)


def save_answers(attempt: Attempt, answers: Mapping[int, Any], *, now: datetime) -> int:
    rows = {row.position: row for row in attempt.items.all()}
    if set(answers) - set(rows):
        raise InvalidTransition(_("That question is not part of this attempt. Open the quiz again."))
    changed = []
    for position, given in answers.items():
        row = rows[position]
        if row.answer != given or type(row.answer) is not type(given):
            row.answer, row.answered_at = given, now if given is not None else None
            changed.append(row)
    AttemptItem.objects.bulk_update(changed, ["answer", "answered_at"])
    return len(changed)


@transaction.atomic
def submit(attempt: Attempt, answers: Mapping[int, Any], *, by: User, now: datetime) -> Attempt:
    """Hand in, with the last answers of the form. Handing in again changes nothing; after the time is over the answers saved
    until then count and the last ones do not."""
    attempt = lock(attempt)
    allow(denial_to_answer(by, attempt))
    if attempt.submitted_at is not None:
        return attempt
    if not attempt.is_over(now):
        save_answers(attempt, answers, now=now)
    return hand_in(attempt, now=now)


def hand_in(attempt: Attempt, *, now: datetime) -> Attempt:
    """Grade a locked attempt, and go on with what it belongs to."""
    rows = list(attempt.items.select_related("question"))
    for row in rows:
        row.score = grading.grade(codec.read(row.question.content), row.answer, row.key)
    AttemptItem.objects.bulk_update(rows, ["score"])
    total = sum(row.score or 0 for row in rows) / len(rows) * 100 if rows else 0
    rules = QuizRules.from_json(attempt.rules)
    attempt.submitted_at = min(now, attempt.deadline_at) if attempt.deadline_at else now
    attempt.score = Decimal(str(round(total, 2)))
    attempt.passed = attempt.score >= rules.passing_score
    attempt.save(update_fields=["submitted_at", "score", "passed"])
    facts = {"number": attempt.number, "score": str(attempt.score), "passed": attempt.passed}
    audit.record("training.attempt_submitted", attempt, by=attempt.user, now=now, facts=facts)
    if attempt.passed and attempt.enrolment is not None:
        enrolments.complete_if_done(enrolments.lock(attempt.enrolment), now=now)
    if attempt.passed and attempt.recertification is not None:
        recertifications.finish(attempt.recertification, now=now)
    return attempt


def hand_in_overdue(*, now: datetime) -> int:
    """Attempts whose time ran out while nobody looked: what was saved counts. Returns how many."""
    count = 0
    for pk in Attempt.objects.filter(submitted_at=None, deadline_at__lt=now).values_list("pk", flat=True):
        with transaction.atomic():
            row = (
                Attempt.objects.select_for_update(skip_locked=True, of=("self",))
                .filter(pk=pk, submitted_at=None)
                .first()
            )
            if row is not None:
                hand_in(lock(row), now=now)
                count += 1
    return count


@transaction.atomic
def give_another_try(enrolment: Enrolment, *, reason: str, by: User, now: datetime) -> Enrolment:
    """One attempt more than the rules give, with a reason. No attempt is ever taken away or reset."""
    allow(denial_to_teach(by))
    enrolment = enrolments.lock(enrolment)
    enrolment.extra_attempts += 1
    enrolment.save(update_fields=["extra_attempts"])
    audit.record("training.attempt_granted", enrolment, by=by, now=now, reason=reason)
    return enrolment


def item_of(row: AttemptItem) -> Item:
    return codec.read(row.question.content)


audit.register(
    training__attempt_started=audit.Verb(gettext_lazy("Quiz begun"), "play", "info"),
    training__attempt_submitted=audit.Verb(gettext_lazy("Quiz handed in"), "send"),
    training__attempt_granted=audit.Verb(gettext_lazy("Another attempt given"), "plus", "info"),
)
