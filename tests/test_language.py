"""Every page and mail is translated: in a pseudo-language nothing stands outside the brackets but what people typed."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.language import bare_words, data_words, pseudo_language
from tests.site import addresses
from tests.world import make_world

# Help is Markdown, one file for each language; the component sheet is for the house's own developers.
NOT_PAGES = {"components", "help_index", "help_page", "help_shortcuts"}
NAMES = {"Trellis", "UTC", "Ctrl", "CSV", "JSON", "YAML", "Backstage", "Power", "Platform", "info", "yaml"}


@pytest.mark.django_db
def test_no_page_has_bare_text(owner: User, second_owner: User, outsider: User, staff: User, admin: User) -> None:
    world = make_world(owner, second_owner, staff, outsider)
    found: dict[str, set[str]] = {}
    known = data_words() | NAMES
    for person in (admin, owner):
        client = Client()
        client.force_login(person)
        for address in addresses():
            if address.name in NOT_PAGES:
                continue
            path = reverse(address.name, kwargs=world.arguments(address))
            with pseudo_language():
                response = client.get(path)
            if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
                continue
            if bare := bare_words(response.content.decode(), known):
                found[f"{address.name} as {person.name}"] = bare
    assert not found, "\n".join(f"{name}: {sorted(words)}" for name, words in found.items())
