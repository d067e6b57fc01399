"""The pages of incidents: a report in two minutes, the page on which it is worked on, and what is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.models import Incident
from tests.makers.catalog import make_app
from tests.makers.incidents import make_incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(owner, second_owner):
    return make_app(owner=owner, second_owner=second_owner, now=timezone.now())


def page(client, url, **data):
    answer = client.post(url, data) if data else client.get(url)
    return answer, answer.content.decode()


def test_anybody_reports_one_from_the_page_of_an_app(client, outsider, app):
    client.force_login(outsider)
    link = f"{reverse('catalog:incident_create')}?app={app.slug}"
    assert link.replace("&", "&amp;") in page(client, app.get_absolute_url())[1]
    assert app.slug in page(client, link)[1]
    answer, _text = page(client, link, title="Prices seen", text="By all.", severity="high", apps=app.slug)
    incident = Incident.objects.get()
    assert (
        answer.status_code == 303 and answer.url == incident.get_absolute_url() and list(incident.apps.all()) == [app]
    )
    assert "Prices seen" in page(client, reverse("catalog:incident_list"))[1]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "This field is required"),
        ({"apps": "No such app"}, "There is no app “No such app”"),
        ({"noticed_at": "2999-01-01T00:00"}, "lies in the future"),
        ({"severity": "worst"}, "not one of the available choices"),
    ],
)
def test_a_wrong_report_says_what_to_do_and_keeps_what_was_typed(client, outsider, wrong, says):
    client.force_login(outsider)
    typed = {"title": "Prices", "text": "What I saw <b>", "severity": "low", **wrong}
    answer, text = page(client, reverse("catalog:incident_create"), **typed)
    assert answer.status_code == 422 and says in text and "What I saw &lt;b&gt;" in text
    assert not Incident.objects.exists()


def test_from_the_note_to_the_lesson(client, owner, outsider, reviewer, app):
    incident = make_incident(app, by=outsider, now=timezone.now())
    url = incident.get_absolute_url()
    client.force_login(owner)
    assert "Decide on the cause" not in page(client, url)[1]
    page(client, reverse("catalog:incident_note_create", args=[incident.pk]), text="I closed the share.", then="note")
    page(client, reverse("catalog:incident_note_create", args=[incident.pk]), text="All are told.", then="resolve")
    text = page(client, url)[1]
    assert "I closed the share." in text and "Open it again" in text
    refused, _text = page(
        client, reverse("catalog:incident_cause_create", args=[incident.pk]), is_attributable="no", cause="Not me."
    )
    assert refused.status_code == 403
    client.force_login(reviewer)
    cause_url = reverse("catalog:incident_cause_create", args=[incident.pk])
    empty, text = page(client, cause_url, is_attributable="yes", cause=" ")
    assert empty.status_code == 422 and "This field is required" in text
    page(client, cause_url, is_attributable="yes", cause="Shared with everyone.")
    page(client, reverse("catalog:incident_lesson_create", args=[incident.pk]), lesson="Ask for the audience.")
    text = page(client, url)[1]
    assert "A micro app was the cause." in text and "Ask for the audience." in text


def test_a_stranger_finds_nothing(client, outsider, owner, app):
    incident = make_incident(app, by=owner, now=timezone.now())
    client.force_login(outsider)
    assert page(client, incident.get_absolute_url())[0].status_code == 404
    assert "Prices were visible" not in page(client, reverse("catalog:incident_list") + "?state=all")[1]


def test_staff_quarantine_from_the_page(client, staff, outsider, app):
    incident = make_incident(app, by=outsider, now=timezone.now())
    client.force_login(staff)
    link = f"{reverse('catalog:fact_create', args=[app.slug])}?kind=quarantine"
    assert link in page(client, incident.get_absolute_url())[1]
    assert 'value="quarantine"' in page(client, link)[1]


def test_the_list_costs_the_same_for_one_and_many(client, staff, outsider, app, django_assert_num_queries):
    client.force_login(staff)
    make_incident(app, by=outsider, now=timezone.now())
    url = reverse("catalog:incident_list") + "?state=all"
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for number in range(6):
        make_incident(app, by=outsider, now=timezone.now(), title=f"More {number}")
    with django_assert_num_queries(len(before)):
        client.get(url)
