import pytest

from catalog.states import AppState
from tests.makers.catalog import make_app


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(AppState))
def test_an_app_reaches_every_state_by_real_moves(state):
    assert make_app(state=state).state == state
