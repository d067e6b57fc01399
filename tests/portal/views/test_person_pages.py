"""The page of a person that everyone in the house may read."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal import profiles
from portal.models import Absence

pytestmark = pytest.mark.django_db


def edit_url(person):
    return reverse("person_edit", args=[person.pk])


def test_everyone_reads_the_page_of_a_person(client, outsider, owner, second_owner):
    today = timezone.now().date()
    Absence.objects.create(
        user=owner, delegate=second_owner, starts_on=today, ends_on=today + timedelta(days=3), note="On the phone only."
    )
    client.force_login(outsider)
    html = client.get(owner.get_absolute_url()).content.decode()
    assert "Priya is out of office from" in html
    assert "Tomas Ruiz" in html
    assert "On the phone only." in html
    assert "Grace Adeyemi" in html
    assert edit_url(owner) not in html


def test_staff_reach_the_edit_page_from_it(client, staff, owner):
    client.force_login(staff)
    assert edit_url(owner) in client.get(owner.get_absolute_url()).content.decode()


def test_a_page_that_is_not_there_is_404(client, staff):
    client.force_login(staff)
    assert client.get("/people/999999/").status_code == 404
    assert client.get("/console/people/999999/").status_code == 404


def test_a_package_adds_a_section_to_the_page(client, outsider, owner, settings):
    section = profiles.Section(
        "test",
        "Medals",
        "portal/panels/what_changed.html",
        lambda viewer, person: {"rows": []} if viewer == person else None,
    )
    profiles.register(section)
    try:
        client.force_login(owner)
        assert "Medals" in client.get(owner.get_absolute_url()).content.decode()
        client.force_login(outsider)
        assert "Medals" not in client.get(owner.get_absolute_url()).content.decode()
    finally:
        del profiles.SECTIONS["test"]
