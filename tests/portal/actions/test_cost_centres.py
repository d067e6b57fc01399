from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from portal.actions import cost_centres
from portal.models import AuditEvent
from tests.makers.portal import make_cost_centre, make_unit

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_cost_centre_is_added_and_closed_with_a_trace(staff):
    centre = cost_centres.add(
        fields={"code": "410221", "name": "Online", "business_unit": make_unit()}, by=staff, now=NOW
    )
    cost_centres.change(centre, fields={"is_open": False}, by=staff, now=NOW)

    centre.refresh_from_db()
    assert not centre.is_open
    event = AuditEvent.objects.get(verb="portal.cost_centre_changed")
    assert event.changes == {"is_open": [True, False]}


def test_makers_leave_cost_centres_alone(outsider):
    with pytest.raises(PermissionDenied):
        cost_centres.change(make_cost_centre(), fields={"is_open": False}, by=outsider, now=NOW)
