from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.actions import business_units
from portal.models import AuditEvent, BusinessUnit
from tests.makers.portal import make_unit

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_unit_is_added_and_moved_with_a_trace(staff, owner):
    top = make_unit("Company")
    unit = business_units.add(fields={"name": "Stores", "code": "stores", "parent": top}, by=staff, now=NOW)
    business_units.change(unit, fields={"lead": owner, "parent": None}, by=staff, now=NOW)

    unit.refresh_from_db()
    assert (unit.lead, unit.parent) == (owner, None)
    verbs = AuditEvent.objects.about("portal.businessunit", unit.pk).values_list("verb", flat=True)
    assert list(verbs) == ["portal.unit_changed", "portal.unit_added"]


def test_a_unit_never_becomes_part_of_itself(staff):
    top = make_unit("Company")
    middle = make_unit("Stores", parent=top)
    leaf = make_unit("North", parent=middle)
    with pytest.raises(ValidationError, match="part of itself"):
        business_units.change(top, fields={"parent": leaf}, by=staff, now=NOW)
    assert BusinessUnit.objects.get(pk=top.pk).parent is None


def test_makers_leave_the_tree_alone(outsider):
    unit = make_unit()
    with pytest.raises(PermissionDenied):
        business_units.change(unit, fields={"name": "Mine"}, by=outsider, now=NOW)
    with pytest.raises(PermissionDenied):
        business_units.add(fields={"name": "Mine", "code": "mine"}, by=outsider, now=NOW)
