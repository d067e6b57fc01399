from catalog.models import ReuseCredit
from catalog.states import AppState
from tests.makers.marketplace import make_clone, make_template


def test_from_a_tree_to_a_live_app(db, owner, second_owner):
    template = make_template()
    assert template.latest.number == "1.1.0"
    clone = make_clone(template, owner=owner, number="1.0.0", state=AppState.ACTIVE)
    assert clone.app.state == "active"
    assert ReuseCredit.objects.get().author == template.author
