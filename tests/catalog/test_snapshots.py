import pytest

from catalog.snapshots import differences, digest, snapshot, snapshots
from catalog.states import AppState
from tests.makers.catalog import make_app, make_connector

pytestmark = pytest.mark.django_db


def test_many_at_once_are_the_same_as_one_by_one_in_four_queries(owner, second_owner, django_assert_num_queries):
    apps = [make_app(f"App {n}", owner=owner, second_owner=second_owner) for n in range(4)]
    apps[0].connector_uses.create(connector=make_connector("Payroll"))
    apps[1].hosts.create(host="api.example.org")
    apps[2].needs.create(needed=apps[0])
    with django_assert_num_queries(4):
        found = snapshots([app.pk for app in apps])
    assert found == {app.pk: snapshot(app) for app in apps}


def test_the_digest_is_of_the_content_not_of_its_order(owner, second_owner):
    kept = snapshot(make_app(owner=owner, second_owner=second_owner))
    assert digest(dict(reversed(kept.items()))) == digest(kept)
    assert digest({**kept, "name": "Shift swaq"}) != digest(kept)


def test_the_state_is_no_part_of_it(owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner)
    before = snapshot(app)
    app.state = AppState.FLAGGED
    app.save(update_fields=["state"])
    assert differences(before, snapshot(app)) == {}
