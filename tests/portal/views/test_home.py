"""Home: three places, tabs by role, the start list."""

import pytest

from portal import panels
from portal.models import AuditBlock, User
from portal.models.user import Role
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db


def shown(response):
    """The keys of the panels on the page, by place."""
    return [[part.panel.key for part in parts] for _title, parts in response.context["places"]]


def tabs(response):
    return {str(tab["label"]): tab["current"] for tab in response.context["tabs"]}


def test_the_three_places_stand_in_order_even_when_empty(client, outsider):
    client.force_login(outsider)
    html = client.get("/").content.decode()
    assert html.index("What needs you") < html.index("What is yours") < html.index("What is new")
    assert "Nothing waits for you." in html


def test_a_maker_has_no_tabs(client, outsider):
    client.force_login(outsider)
    response = client.get("/?as=staff")
    assert tabs(response) == {"Maker": True}
    assert "What changed" not in response.content.decode()


def test_the_last_used_tab_opens_first(client, db):
    both = make_person("Both Roles", Role.BOARD, Role.AUDITOR)
    client.force_login(both)
    assert tabs(client.get("/")) == {"Maker": False, "Board member": True, "Auditor": False}
    client.get("/?as=auditor")
    response = client.get("/")
    assert tabs(response) == {"Maker": False, "Board member": False, "Auditor": True}
    assert "last_seal" in shown(response)[1]


@pytest.mark.parametrize("asked", ["staff", "nonsense", "%00", ""])
def test_a_tab_one_does_not_have_is_not_opened(client, auditor, asked):
    client.force_login(auditor)
    response = client.get(f"/?as={asked}")
    assert response.status_code == 200
    assert "staff" not in tabs(response)


def test_an_administrator_sees_what_staff_see(client, admin):
    client.force_login(admin)
    assert "C4E staff" in tabs(client.get("/"))


def test_a_panel_without_anything_to_say_is_not_drawn(client, outsider):
    panels.register(panels.Panel("test", "Silent", "portal/panels/what_changed.html", lambda user: None, "needs"))
    try:
        client.force_login(outsider)
        assert "Silent" not in client.get("/").content.decode()
    finally:
        del panels.PANELS["test"]


def test_the_auditor_sees_the_last_sealed_block_and_what_waits(client, auditor, admin, outsider):
    from datetime import UTC, datetime

    from portal.actions.roles import change_roles

    change_roles(outsider, give=[Role.BOARD], by=admin, now=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    client.force_login(auditor)
    html = client.get("/").content.decode()
    assert "No block is sealed yet." in html
    assert "1 event waits for the next block." in html
    assert "Role given" in html
    AuditBlock.objects.create(
        number=7, first_id=1, last_id=10**9, events=12, row_digests=b"", previous="0" * 64, digest="abc" * 20
    )
    html = client.get("/").content.decode()
    assert "abcabcabcabcabca" in html
    assert "0 events wait for the next block." in html


def test_the_start_list_can_be_put_away_for_good(client, outsider):
    client.force_login(outsider)
    assert "Welcome to Trellis" in client.get("/").content.decode()
    assert client.get("/start-list/dismissal/").status_code == 405
    assert client.post("/start-list/dismissal/").status_code == 303
    first = User.objects.get(pk=outsider.pk).start_list_dismissed_at
    client.post("/start-list/dismissal/")
    assert User.objects.get(pk=outsider.pk).start_list_dismissed_at == first
    assert "Welcome to Trellis" not in client.get("/").content.decode()
