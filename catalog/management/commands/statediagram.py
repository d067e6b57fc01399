"""Print the state machines as Mermaid, from their tables. The README shows what this prints."""

from typing import Any

from django.core.management.base import BaseCommand

from approvals import states as approvals
from catalog.states import MOVES, AppState
from portal.states import mermaid


def app_diagram() -> str:
    """The lifecycle of a micro app, each arrow with the name of its move."""
    lines = ["stateDiagram-v2", f"    [*] --> {AppState.DRAFT.value}"]
    lines += [f"    {move.source.value} --> {move.target.value}: {move.name}" for move in MOVES]
    return "\n".join(lines)


class Command(BaseCommand):
    help = (
        "Print every state machine as a Mermaid diagram: of an app, a request, its stages, policies and what they find."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        machines = (
            approvals.TRANSITIONS,
            approvals.STAGE_TRANSITIONS,
            approvals.VERSION_TRANSITIONS,
            approvals.VIOLATION_TRANSITIONS,
            approvals.EXCEPTION_TRANSITIONS,
        )
        self.stdout.write("\n\n".join([app_diagram(), *map(mermaid, machines)]))
