from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from catalog.actions import connectors
from portal.models import AuditEvent
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_connector

VALUES = {"name": "HR system", "summary": "Reads people.", "team": "Integration", "data_classes": ["internal"]}


def verbs(connector):
    return [event.verb for event in AuditEvent.objects.about("catalog.connector", connector.pk)]


def test_staff_add_a_connector(staff):
    connector = connectors.create(by=staff, values=VALUES, now=NOW)
    assert (connector.slug, connector.status) == ("hr-system", "approved")
    assert verbs(connector) == ["catalog.connector_added"]


def test_a_name_that_would_hide_a_page_gets_another_address(staff):
    assert connectors.create(by=staff, values={**VALUES, "name": "New"}, now=NOW).slug == "new-2"


def test_an_edit_tells_before_and_after(staff):
    connector = connectors.create(by=staff, values=VALUES, now=NOW)
    connectors.edit(connector, by=staff, values={**VALUES, "team": "People"}, now=NOW)
    event = AuditEvent.objects.about("catalog.connector", connector.pk).first()
    assert event.changes == {"team": ["Integration", "People"]}


def test_a_block_has_a_reason_and_can_be_lifted(staff):
    connector = make_connector()
    connectors.block(connector, by=staff, reason="Leaks salaries.", now=NOW)
    connector.refresh_from_db()
    assert (connector.status, connector.status_reason) == ("blocked", "Leaks salaries.")
    connectors.approve(connector, by=staff, reason="Fixed in 4.2.", now=NOW + timedelta(days=1))
    connector.refresh_from_db()
    assert (connector.status, connector.status_reason) == ("approved", "Fixed in 4.2.")
    assert verbs(connector) == ["catalog.connector_approved", "catalog.connector_blocked"]


def test_a_block_without_a_reason_is_refused_by_the_database(staff):
    with pytest.raises(IntegrityError, match="connector_block_has_reason"):
        connectors.block(make_connector(), by=staff, reason="", now=NOW)


def test_blocking_twice_is_refused(staff):
    connector = make_connector()
    connectors.block(connector, by=staff, reason="Why.", now=NOW)
    with pytest.raises(InvalidTransition):
        connectors.block(connector, by=staff, reason="Why.", now=NOW)


@pytest.mark.parametrize(
    "act",
    [
        lambda by, connector: connectors.create(by=by, values=VALUES, now=NOW),
        lambda by, connector: connectors.edit(connector, by=by, values=VALUES, now=NOW),
        lambda by, connector: connectors.block(connector, by=by, reason="Why.", now=NOW),
        lambda by, connector: connectors.approve(connector, by=by, reason="Why.", now=NOW),
    ],
    ids=["create", "edit", "block", "approve"],
)
@pytest.mark.parametrize("person", ["owner", "reviewer", "auditor", "board_member"])
def test_only_staff_keep_connectors(request, act, person):
    with pytest.raises(PermissionDenied, match="C4E staff"):
        act(request.getfixturevalue(person), make_connector("CRM"))
