"""One act on many things: each in its own transaction, each with its own result as a sentence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models

from portal.states import InvalidTransition

Thing = TypeVar("Thing", bound=models.Model)


@dataclass(frozen=True)
class Result(Generic[Thing]):
    """What became of one thing."""

    thing: Thing
    done: bool
    sentence: str


def each(things: Iterable[Thing], act: Callable[[Thing], str]) -> list[Result[Thing]]:
    """Do `act` on each; a refusal is its result and stops nothing."""
    results = []
    for thing in things:
        try:
            results.append(Result(thing, True, act(thing)))
        except (InvalidTransition, PermissionDenied) as refusal:
            results.append(Result(thing, False, str(refusal)))
    return results
