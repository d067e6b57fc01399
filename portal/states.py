"""What every state machine of the house shares: the table's type, and the refusal."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

Transitions = Mapping[Any, frozenset[Any]]


class InvalidTransition(Exception):
    """The thing is no longer in a state that allows this. The text is a sentence for the reader; answered with 409."""


def check(transitions: Transitions, now: StrEnum | str, then: StrEnum | str, *, refusal: str) -> None:
    """Raise InvalidTransition with `refusal` unless the table allows going from `now` to `then`."""
    if then not in transitions[now]:
        raise InvalidTransition(refusal)


def mermaid(transitions: Transitions) -> str:
    """The machine as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    for state, targets in transitions.items():
        lines += [f"    {state.value} --> {target.value}" for target in transitions if target in targets]
        if not targets:
            lines.append(f"    {state.value} --> [*]")
    return "\n".join(lines)
