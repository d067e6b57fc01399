"""Print the state machines as Mermaid, from their tables. The README shows what this prints."""

from typing import Any

from django.core.management.base import BaseCommand

from approvals.states import TRANSITIONS as REQUEST_TRANSITIONS
from catalog.states import MOVES, AppState
from portal.states import mermaid


def app_diagram() -> str:
    """The lifecycle of a micro app, each arrow with the name of its move."""
    lines = ["stateDiagram-v2", f"    [*] --> {AppState.DRAFT.value}"]
    lines += [f"    {move.source.value} --> {move.target.value}: {move.name}" for move in MOVES]
    return "\n".join(lines)


class Command(BaseCommand):
    help = "Print the lifecycle of a micro app and of a request as Mermaid diagrams."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(app_diagram())
        self.stdout.write("\n")
        self.stdout.write(mermaid(REQUEST_TRANSITIONS))
