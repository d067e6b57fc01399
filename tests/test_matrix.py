"""Who may open what: every address of the resolver by every role, against the table in matrix.txt.

A new address without a row fails. `python -m tests.test_matrix` is not needed: the failure prints the row to add and check."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.site import Address, addresses
from tests.world import World, make_world

TABLE = Path(__file__).with_name("matrix.txt")
ROLES = ("anonymous", "outsider", "owner", "reviewer", "board_member", "staff", "auditor", "admin")
OPEN_TO_ALL = {
    "livez", "readyz", "theme", "robots", "favicon", "catalog:answer", "catalog:manifest_schema", "catalog:template_schema",
    "policy_input_schema", "demo_sign_in", "training:issuer_detail", "training:status_list_detail",
    "training:key_detail", "training:achievement_detail", "training:picture_detail", "training:did_document",
    "training:verification_detail", "training:calendar_feed", "catalog:app_git", "catalog:template_git",
    "catalog:telemetry_create",
}  # fmt: skip


def rows() -> dict[str, list[int]]:
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {name: [int(status) for status in statuses] for name, *statuses in lines}


@pytest.fixture
def people(outsider, owner, reviewer, board_member, staff, auditor, admin) -> dict[str, User | None]:
    people = [None, outsider, owner, reviewer, board_member, staff, auditor, admin]
    return dict(zip(ROLES, people, strict=True))


@pytest.fixture
def world(owner, second_owner, staff, outsider) -> World:
    return make_world(owner, second_owner, staff, outsider)


def client_of(person: User | None) -> Client:
    client = Client(raise_request_exception=True)
    if person is not None:
        client.force_login(person)
    return client


@pytest.mark.django_db
def test_every_address_answers_every_role_as_the_table_says(world: World, people: dict[str, User | None]) -> None:
    expected, found = rows(), {}
    clients = [client_of(person) for person in people.values()]
    for address in addresses():
        path = reverse(address.name, kwargs=world.arguments(address))
        found[address.name] = [client.get(path).status_code for client in clients]
    wrong = [f"{name} {' '.join(map(str, row))}" for name, row in found.items() if expected.get(name) != row]
    assert not wrong, "\n" + "\n".join(wrong)
    assert set(expected) == set(found)


def closed() -> list[Address]:
    return [address for address in addresses() if address.name not in OPEN_TO_ALL]


@pytest.mark.django_db
def test_nobody_posts_without_signing_in(world: World) -> None:
    for address in closed():
        response = Client().post(reverse(address.name, kwargs=world.arguments(address)))
        assert response.status_code == 302, address.name
        assert response.url.startswith(reverse("account_login")), address.name


def test_the_open_addresses_are_these() -> None:
    assert {address.name for address in addresses()} - {address.name for address in closed()} <= OPEN_TO_ALL
