import pytest

from portal import notifications
from portal.models import User
from portal.notifications import Kind

pytestmark = pytest.mark.django_db
URL = "/preferences/"


@pytest.fixture
def kinds():
    """One kind that may be muted and one that may not."""
    notifications.register("test.news", Kind(label="News", title="News", can_mute=True))
    notifications.register("test.question", Kind(label="Question", title="Question"))
    yield
    del notifications.KINDS["test.news"], notifications.KINDS["test.question"]


def test_a_person_sets_their_own(client, outsider, kinds):
    client.force_login(outsider)
    data = {"time_zone": "America/Lima", "working_days": ["7", "1"], "muted_kinds": ["test.news"]}
    assert client.post(URL, data).status_code == 303
    person = User.objects.get(pk=outsider.pk)
    assert (person.time_zone, person.working_days, person.muted_kinds) == ("America/Lima", [1, 7], ["test.news"])
    assert not person.single_key_shortcuts
    assert 'data-keys="off"' in client.get(URL).content.decode()


def test_an_old_name_of_a_zone_stays_valid(client, outsider):
    outsider.time_zone = "US/Eastern"
    outsider.save()
    client.force_login(outsider)
    assert client.post(URL, {"time_zone": "US/Eastern", "working_days": ["1"]}).status_code == 303


def test_the_page_shows_what_is_set(client, outsider):
    outsider.time_zone = "US/Eastern"
    outsider.save()
    client.force_login(outsider)
    assert '<option value="US/Eastern" selected>' in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("time_zone", "Mars/Base", "Mars/Base is not a time zone. Use a name such as Europe/Madrid."),
        ("time_zone", "", "required"),
        ("time_zone", "../etc/passwd", "not a time zone"),
        ("working_days", [], "Tick at least one day."),
        ("working_days", ["0"], "Select a valid choice"),
        ("working_days", ["x"], "Select a valid choice"),
        ("muted_kinds", ["test.question"], "Select a valid choice"),
    ],
)
def test_bad_input_gets_a_sentence(client, outsider, kinds, field, value, sentence):
    client.force_login(outsider)
    response = client.post(URL, {"time_zone": "UTC", "working_days": ["1"], field: value})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert User.objects.get(pk=outsider.pk).time_zone == "UTC"


def test_other_fields_sent_along_change_nothing(client, outsider):
    client.force_login(outsider)
    client.post(URL, {"time_zone": "UTC", "working_days": ["1"], "title": "Director", "is_staff": "on"})
    person = User.objects.get(pk=outsider.pk)
    assert (person.title, person.is_staff) == ("", False)
