from pathlib import Path

import pytest
from django.conf import settings

from catalog.management.commands.statediagram import app_diagram
from catalog.states import MOVES, TRANSITIONS, AppState, Hand


def test_every_state_has_a_row_in_the_table() -> None:
    assert set(TRANSITIONS) == set(AppState)


def test_only_retired_and_archived_lead_nowhere_by_a_person_of_the_house() -> None:
    people = {Hand.OWNER, Hand.SECOND_OWNER, Hand.STAFF, Hand.REVIEW}
    assert {state for state in AppState if not any(m.source == state and m.hands & people for m in MOVES)} == {
        AppState.RETIRED
    }


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.source}-{move.name}")
def test_a_move_leads_to_another_state_and_has_a_hand(move) -> None:
    assert move.source != move.target
    assert move.hands


def test_the_readme_shows_the_diagram_of_the_table() -> None:
    assert app_diagram() in Path(settings.BASE_DIR, "README.md").read_text()
