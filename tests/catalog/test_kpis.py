"""What the marketplace measures, each in one query; nothing to measure is not zero."""

import pytest

from catalog.models import ConnectorUse
from catalog.states import AppState
from portal.kpis import readings
from tests.makers.catalog import NOW, make_app, make_connector
from tests.makers.marketplace import make_clone, make_template

pytestmark = pytest.mark.django_db


def figures():
    return {one.kpi.key.removeprefix("marketplace."): one.value for one in readings("marketplace.", now=NOW)}


def test_without_apps_nothing_is_known(django_assert_num_queries):
    with django_assert_num_queries(4):
        assert figures() == {"reuse": None, "templates": None, "newest": None, "credits": 0.0}


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
    with django_assert_num_queries(4):
        assert figures() == {"reuse": 75.0, "templates": 50.0, "newest": 50.0, "credits": 2.0}
