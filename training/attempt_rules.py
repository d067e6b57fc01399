"""Whether a learner may begin an attempt now, and what they may see of one that is over. Pure but for the rows it is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.courses.source import QuizRules
from training.models import Attempt

DELTA_RULES = QuizRules(title="", attempts=None, cool_down=(10, 1440), draw=())


@dataclass(frozen=True)
class Turn:
    """`open` is the attempt to go on with. `left` is None without a limit. `wait_until` is set while a cool-down lasts."""

    number: int
    left: int | None
    wait_until: datetime | None
    open: Attempt | None
    passed: Attempt | None

    @property
    def may_start(self) -> bool:
        return self.open is None and self.passed is None and self.left != 0 and self.wait_until is None


def turn_of(rules: QuizRules, attempts: Sequence[Attempt], *, now: datetime, extra: int = 0) -> Turn:
    """What is possible now, from all attempts of one enrolment, in any order."""
    over = [one for one in attempts if one.submitted_at is not None]
    failed = sorted((one for one in over if not one.passed), key=lambda one: one.number)
    left = None if rules.attempts is None else max(0, rules.attempts + extra - len(attempts))
    wait_until = None
    if failed and failed[-1].submitted_at is not None:
        ready = failed[-1].submitted_at + timedelta(minutes=rules.wait_after(len(failed)))
        wait_until = ready if ready > now else None
    return Turn(
        number=1 + max((one.number for one in attempts), default=0),
        left=left,
        wait_until=wait_until,
        open=next((one for one in attempts if one.submitted_at is None), None),
        passed=next((one for one in over if one.passed), None),
    )


def phase_of(attempt: Attempt, turn: Turn) -> str:
    """Which part of the quiz's review rules holds for this attempt."""
    if turn.passed is not None:
        return "after_pass"
    return "after_last" if turn.left == 0 else "after_try"
