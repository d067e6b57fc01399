"""The question who holds a valid certification. The package that gives certifications answers it; as long as none does,
nobody holds one."""

from collections.abc import Callable, Collection
from datetime import datetime

from portal.models import User

Answer = Callable[[Collection[int], datetime], dict[int, str]]
Recorder = Callable[..., object]
_answers: list[Answer] = []
_recorders: list[Recorder] = []


def register(answer: Answer, record: Recorder | None = None) -> None:
    """`answer(ids, now)` gives the name of the certification that each of these people holds at that moment, read from the
    database in a constant number of queries; who holds none is left out. `record(user, purpose=, about_kind=, about_id=,
    now=)` keeps what was read when a door was tried."""
    _answers[:] = [answer]
    _recorders[:] = [record] if record else []


def held(user: User, *, now: datetime) -> str | None:
    return held_by([user.pk], now=now).get(user.pk)


def held_by(ids: Collection[int], *, now: datetime) -> dict[int, str]:
    return _answers[0](ids, now) if _answers and ids else {}


def record(user: User | None, *, purpose: str, about_kind: str, about_id: int, now: datetime) -> None:
    """Keep what is held at this moment, with the decision that looks at it. Nobody responsible, nothing to keep."""
    for keep in _recorders if user is not None else []:
        keep(user, purpose=purpose, about_kind=about_kind, about_id=about_id, now=now)
