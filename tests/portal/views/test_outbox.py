import pytest
from django.core.mail import EmailMultiAlternatives

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailed(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", str(tmp_path)
    settings.LOCAL = True
    message = EmailMultiAlternatives("Zwei Äpfel", "Text with an ä.\nhttp://127.0.0.1:8000/help/", to=["a@example.org"])
    message.attach_alternative("<p>HTML</p>", "text/html")
    message.send()
    return next(path.name for path in tmp_path.iterdir())


def test_mails_are_listed_and_read(client, staff, mailed):
    client.force_login(staff)
    page = client.get("/console/outbox/").text
    assert "Zwei Äpfel" in page
    assert "a@example.org" in page
    page = client.get(f"/console/outbox/{mailed}/0/").text
    assert "Text with an ä." in page
    assert 'href="http://127.0.0.1:8000/help/"' in page


def test_only_a_local_site_has_an_outbox_and_only_staff_read_it(client, staff, owner, mailed, settings):
    client.force_login(owner)
    assert client.get("/console/outbox/").status_code == 403
    client.force_login(staff)
    settings.LOCAL = False
    assert client.get("/console/outbox/").status_code == 404
    assert client.get(f"/console/outbox/{mailed}/0/").status_code == 404


@pytest.mark.parametrize("name", ["nothing.log", "..%2Fsecret_key", "settings.py"])
def test_other_files_are_not_served(client, staff, mailed, name):
    client.force_login(staff)
    assert client.get(f"/console/outbox/{name}/0/").status_code == 404


def test_an_empty_outbox_says_so(client, staff, settings, tmp_path):
    settings.LOCAL, settings.EMAIL_FILE_PATH = True, str(tmp_path / "none")
    client.force_login(staff)
    assert "No mail yet" in client.get("/console/outbox/").text
