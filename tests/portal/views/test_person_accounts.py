import pytest
from django.urls import reverse

from portal.models import Job, User
from portal.models.user import Role
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db
NAMES = ["person_role_create", "invitation_create", "deactivation_create", "reactivation_create"]


def url(name, person):
    return reverse(name, args=[person.pk])


@pytest.mark.parametrize("name", NAMES)
def test_makers_are_refused(client, outsider, owner, name):
    client.force_login(outsider)
    assert client.post(url(name, owner), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("name", NAMES[:2])
def test_a_change_needs_post(client, admin, owner, name):
    client.force_login(admin)
    assert client.get(url(name, owner)).status_code == 405


def test_an_administrator_ticks_roles(client, admin, board_member):
    client.force_login(admin)
    data = {"roles-roles": ["auditor"], "roles-shown": "board"}
    assert client.post(url("person_role_create", board_member), data).status_code == 303
    assert User.objects.get(pk=board_member.pk).roles == {"auditor"}


def test_a_role_given_meanwhile_is_not_undone_by_an_old_page(client, admin, board_member):
    """The page was made when the person was a board member only; a colleague made them auditor since."""
    board_member.groups.add(*make_person("Other", Role.AUDITOR).groups.all())
    client.force_login(admin)
    client.post(url("person_role_create", board_member), {"roles-roles": ["board", "reviewer"], "roles-shown": "board"})
    assert User.objects.get(pk=board_member.pk).roles == {"board", "auditor", "reviewer"}


def test_a_role_that_does_not_exist_is_said(client, admin, owner):
    client.force_login(admin)
    response = client.post(url("person_role_create", owner), {"roles-roles": ["king"]}, follow=True)
    assert "That is not a role." in response.content.decode()


def test_staff_see_roles_but_cannot_change_them(client, staff, board_member):
    client.force_login(staff)
    html = client.get(url("person_edit", board_member)).content.decode()
    assert "Only an administrator gives or takes roles." in html
    assert "Board member" in html
    assert client.post(url("person_role_create", board_member), {"roles-roles": []}).status_code == 403


def test_an_invitation_is_queued(client, staff, outsider):
    client.force_login(staff)
    response = client.post(url("invitation_create", outsider), follow=True)
    assert "on its way to olga.petrova@example.org" in response.content.decode()
    assert Job.objects.get().name == "portal.send_invitation"


def test_closing_asks_first_needs_a_reason_and_signs_out(client, staff, outsider):
    client.force_login(staff)
    page = url("deactivation_create", outsider)
    assert "Close the account of Olga Petrova?" in client.get(page).content.decode()
    assert client.post(page, {"reason": " "}).status_code == 422
    assert client.post(page, {"reason": "Left the company."}).status_code == 303
    assert not User.objects.get(pk=outsider.pk).is_active
    assert client.post(page, {"reason": "Again."}).status_code == 409
    client.force_login(outsider)
    assert client.get("/").status_code == 302


def test_what_blocks_is_said_before_and_after_the_click(client, staff, outsider):
    make_person("Night Batch", is_service=True, steward=outsider)
    client.force_login(staff)
    page = url("deactivation_create", outsider)
    html = client.get(page).content.decode()
    assert "Olga Petrova answers for the service identity Night Batch." in html
    assert "<textarea" not in html
    assert client.post(page, {"reason": "Left."}).status_code == 409


def test_a_closed_account_opens_again(client, staff, outsider):
    outsider.is_active = False
    outsider.save()
    client.force_login(staff)
    assert client.post(url("reactivation_create", outsider), {"reason": "Came back."}).status_code == 303
    assert User.objects.get(pk=outsider.pk).is_active
    assert client.post(url("reactivation_create", outsider), {"reason": "Twice."}).status_code == 404
