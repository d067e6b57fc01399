from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import Absence
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db
URL = "/preferences/absences/"


def day(offset):
    return timezone.now().date() + timedelta(days=offset)


def post(client, first, last, **fields):
    return client.post(URL, {"starts_on": day(first), "ends_on": day(last), **fields})


def test_a_person_sets_it_and_sees_it(client, owner, second_owner):
    client.force_login(owner)
    response = post(client, 0, 4, delegate="tomas.ruiz@example.org", note="Back on Monday.")
    assert response.status_code == 303
    absence = Absence.objects.get()
    assert (absence.user, absence.delegate, absence.note) == (owner, second_owner, "Back on Monday.")
    html = client.get(URL).content.decode()
    assert "Tomas Ruiz stands in." in html
    assert "I am back" in html


def test_overlapping_days_are_refused_with_a_sentence(client, owner):
    client.force_login(owner)
    post(client, 0, 4)
    response = post(client, 3, 8)
    assert response.status_code == 422
    assert "You are already out of office from" in response.content.decode()
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "last", "fields", "sentence"),
    [
        (4, 2, {}, "The last day is before the first day."),
        (-9, -2, {}, "These days are over already."),
        (0, 400, {}, "An absence lasts a year at most."),
        (0, 4, {"delegate": "priya.nair@example.org"}, "Choose somebody else as delegate."),
        (0, 4, {"delegate": "zoe.gone@example.org"}, "Nobody active is known as “zoe.gone@example.org”."),
        (0, 4, {"delegate": "night.batch@example.org"}, "Nobody active is known as"),
        (0, 4, {"starts_on": "soon"}, "Enter a valid date."),
        (0, 4, {"ends_on": ""}, "This field is required."),
        (0, 4, {"note": "x" * 201}, "at most 200"),
    ],
)
def test_bad_input_gets_a_sentence(client, owner, first, last, fields, sentence):
    make_person("Zoe Gone", is_active=False)
    make_person("Night Batch", is_service=True, steward=owner)
    client.force_login(owner)
    response = post(client, first, last, **fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Absence.objects.exists()


def test_ending_early(client, owner):
    absence = Absence.objects.create(user=owner, starts_on=day(-5), ends_on=day(5))
    client.force_login(owner)
    url = reverse("absence_end_create", args=[absence.pk])
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 303
    absence.refresh_from_db()
    assert absence.ends_on < timezone.now().date()
    assert client.post(url).status_code == 409


def test_the_absence_of_somebody_else_is_not_there(client, owner, outsider):
    absence = Absence.objects.create(user=owner, starts_on=day(0), ends_on=day(5))
    client.force_login(outsider)
    assert client.post(reverse("absence_end_create", args=[absence.pk])).status_code == 404
    assert "in 5 days" not in client.get(URL).content.decode()


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_costs_the_same_for_3_and_300(client, owner, second_owner, rows, django_assert_max_num_queries):
    Absence.objects.bulk_create(
        Absence(user=owner, delegate=second_owner, starts_on=day(at), ends_on=day(at)) for at in range(-1, rows)
    )
    client.force_login(owner)
    with django_assert_max_num_queries(12):
        client.get(URL)
