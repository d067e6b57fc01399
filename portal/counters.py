"""Open counts beside navigation entries. Each costs one query and is read once a request."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Counter = Callable[[Any], int]
_counters: dict[str, Counter] = {}


def register(name: str, counter: Counter) -> None:
    """Let `counter(user)` stand beside the navigation entry that names it. At most one query."""
    if _counters.get(name, counter) is not counter:
        raise ValueError(f"The counter {name} is registered twice.")
    _counters[name] = counter


def read(request: HttpRequest, name: str) -> int:
    """The count for this request's user; 0 when nobody registered it."""
    if name not in _counters:
        return 0
    seen: dict[str, int] = request.__dict__.setdefault("_counts", {})
    if name not in seen:
        seen[name] = _counters[name](request.user)
    return seen[name]
