"""What the marketplace measures, each in one query; nothing to measure is not zero."""

from datetime import timedelta

import pytest

from catalog.models import ConnectorUse
from catalog.states import AppState
from portal.measuring import figures as measured
from tests.makers.catalog import NOW, make_app, make_connector
from tests.makers.marketplace import make_clone, make_template

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def figures():
    return {one.kpi.key.removeprefix("marketplace."): one.value for one in measured("marketplace.", now=LATER)}


def test_without_apps_nothing_is_known(django_assert_num_queries):
    with django_assert_num_queries(3):
        assert figures() == {"templates": None, "newest": None, "credits": 0}


def test_live_apps_count_once_whatever_they_reuse(owner, second_owner, django_assert_num_queries):
    template = make_template(("1.0.0", "1.1.0"))
    old = make_clone(template, owner=owner, number="1.0.0", name="Old", state=AppState.ACTIVE)
    make_clone(template, owner=owner, number="1.1.0", name="New", state=AppState.ACTIVE)
    make_clone(template, owner=owner, number="1.0.0", name="Draft")
    joined, _plain = make_app("Joined"), make_app("Plain")
    for name in ("HR", "ERP"):
        connector = make_connector(name)
        for app in (old.app, joined):
            ConnectorUse.objects.create(app=app, connector=connector)
    with django_assert_num_queries(3):
        assert figures() == {"templates": 50, "newest": 50, "credits": 2}
    (reuse,) = measured("catalog.reuse", now=LATER)
    assert reuse.value == 75
