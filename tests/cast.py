"""The fixed cast: who they are never changes from test to test."""

import pytest

from portal.models import User
from portal.models.user import Role
from tests.makers.portal import make_person


@pytest.fixture
def manager(db: None) -> User:
    """The owner's manager."""
    return make_person("Grace Adeyemi")


@pytest.fixture
def owner(manager: User) -> User:
    return make_person("Priya Nair", manager=manager)


@pytest.fixture
def second_owner(db: None) -> User:
    return make_person("Tomas Ruiz")


@pytest.fixture
def reviewer(db: None) -> User:
    return make_person("Mei Chen", Role.REVIEWER)


@pytest.fixture
def board_member(db: None) -> User:
    return make_person("Lars Holm", Role.BOARD)


@pytest.fixture
def staff(db: None) -> User:
    return make_person("Ana Kovac", Role.STAFF)


@pytest.fixture
def auditor(db: None) -> User:
    return make_person("Noor Haddad", Role.AUDITOR)


@pytest.fixture
def admin(db: None) -> User:
    return make_person("Sam Okoye", Role.ADMIN, is_staff=True, is_superuser=True)


@pytest.fixture
def outsider(db: None) -> User:
    """A signed-in maker who has nothing to do with the thing at hand."""
    return make_person("Olga Petrova")
