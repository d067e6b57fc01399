"""Every state × every move a person can make × every hand, through the real actions: the table decides, nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from catalog.actions.archives import archive
from catalog.actions.flags import keep
from catalog.actions.micro_apps import discard
from catalog.actions.restorations import restore
from catalog.actions.retirements import retire
from catalog.actions.submissions import submit
from catalog.states import AppState, Hand, find
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
ACTS = {
    "submit": lambda app, by: submit(app, by=by, now=LATER),
    "discard": lambda app, by: discard(app, by=by, now=LATER),
    "keep": lambda app, by: keep(app, by=by, now=LATER, reason="Needed in spring."),
    "archive": lambda app, by: archive(app, by=by, now=LATER, reason="The season is over."),
    "restore": lambda app, by: restore(app, by=by, now=LATER),
    "retire": lambda app, by: retire(app, by=by, now=LATER, reason="Replaced."),
}
HANDS = {
    "owner": Hand.OWNER,
    "second_owner": Hand.SECOND_OWNER,
    "manager": Hand.MANAGER,
    "staff": Hand.STAFF,
    "reviewer": None,
    "board_member": None,
    "auditor": None,
    "outsider": None,
    "admin": Hand.STAFF,
}


@pytest.mark.parametrize("who", HANDS)
@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("state", list(AppState))
def test_the_table_decides(request, owner, second_owner, manager, state, name, who):
    app = make_app(owner=owner, second_owner=second_owner, state=state)
    app.flags.update(escalated_at=NOW)  # the owner has had their time, so the manager's hand counts
    person, move = request.getfixturevalue(who), find(name, state)
    may = move is not None and HANDS[who] in move.hands
    if may:
        ACTS[name](app, person)
    else:
        with pytest.raises((PermissionDenied, InvalidTransition)):
            ACTS[name](app, person)
    app.refresh_from_db()
    assert app.state == (move.target if may else state)


@pytest.mark.parametrize("name", ["keep", "archive"])
def test_the_manager_waits_until_the_owner_has_had_their_time(owner, second_owner, manager, name):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.FLAGGED)
    with pytest.raises(PermissionDenied, match="had their time"):
        ACTS[name](app, manager)


def test_the_person_behind_an_owning_service_acts_as_its_owner(second_owner, outsider):
    robot = make_person("Store robot", is_service=True, steward=outsider)
    app = make_app(owner=robot, second_owner=second_owner)
    archive(app, by=outsider, now=LATER, reason="Not needed.")
    app.refresh_from_db()
    assert app.state == AppState.ARCHIVED
