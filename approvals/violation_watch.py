"""The seam to the packages above for violations: who listens hears of those that a check has opened."""

from collections.abc import Callable, Sequence
from datetime import datetime

from approvals.models import Policy, Violation

Listener = Callable[[Policy, Sequence[Violation], datetime], None]
_listeners: list[Listener] = []


def register(listen: Listener) -> None:
    """`listen(policy, rows, now)` is called in the transaction that opened them."""
    if listen not in _listeners:
        _listeners.append(listen)


def tell(policy: Policy, rows: Sequence[Violation], *, now: datetime) -> None:
    for listen in _listeners if rows else []:
        listen(policy, rows, now)
