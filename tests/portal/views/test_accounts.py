import pytest
from django.core import mail
from django.urls import reverse

from portal import demo_people
from portal.models.user import Role
from tests.makers.portal import make_person

PASSWORD = "correct horse battery"


@pytest.fixture
def demo(settings):
    settings.DEMO_SIGN_IN = True


def signed_in(client):
    return client.session.get("_auth_user_id")


def demo_person(address, *roles):
    return make_person(address.split(".")[0].title(), *roles, email=f"{address}@{demo_people.DOMAIN}")


@pytest.fixture
def priya(db):
    return demo_person("priya.nair")


@pytest.fixture
def ana(db):
    return demo_person("ana.kovac", Role.STAFF)


@pytest.fixture
def sam(db):
    return demo_person("sam.okoye", Role.ADMIN)


@pytest.mark.django_db
class TestDemoSignIn:
    def test_the_page_offers_the_people_who_are_there(self, client, demo, priya, ana):
        html = client.get(reverse("account_login")).content.decode()
        assert "Look around as" in html
        assert priya.email in html
        assert ana.email in html

    def test_one_click_signs_in_and_goes_on(self, client, demo, priya):
        response = client.post(reverse("demo_sign_in"), {"email": priya.email, "next": "/help/"})
        assert response["Location"] == "/help/"
        assert signed_in(client) == str(priya.pk)

    def test_it_never_leads_off_the_site(self, client, demo, priya):
        response = client.post(reverse("demo_sign_in"), {"email": priya.email, "next": "//evil.example"})
        assert response["Location"] == "/"

    def test_nobody_else_can_be_signed_in(self, client, demo):
        other = make_person("Olga Petrova", Role.ADMIN)
        assert client.post(reverse("demo_sign_in"), {"email": other.email}).status_code == 404
        assert signed_in(client) is None

    def test_a_closed_account_stays_closed(self, client, demo, priya):
        priya.is_active = False
        priya.save()
        assert client.post(reverse("demo_sign_in"), {"email": priya.email}).status_code == 404

    def test_it_does_not_exist_outside_a_demo(self, client, settings, priya):
        settings.DEMO_SIGN_IN = False
        assert client.post(reverse("demo_sign_in"), {"email": priya.email}).status_code == 404
        assert b"Look around as" not in client.get(reverse("account_login")).content
        assert signed_in(client) is None

    def test_it_needs_a_form(self, client, demo):
        assert client.get(reverse("demo_sign_in")).status_code == 405

    def test_the_people_are_listed_in_order(self, priya, ana, sam):
        assert [person.user for person in demo_people.present()] == [priya, ana, sam]


def test_addresses_are_shown_and_not_changed(client, owner):
    client.force_login(owner)
    html = client.get(reverse("account_email")).content.decode()
    assert owner.email in html
    assert "<input" not in html.split('<main id="main"')[1]
    assert client.post(reverse("account_email"), {"action_add": "", "email": "x@example.org"}).status_code == 405


def test_there_is_no_sign_up(client, db):
    assert b"Accounts are made for you" in client.get(reverse("account_signup")).content


def test_sign_in_by_address_and_password(client, owner):
    owner.set_password(PASSWORD)
    owner.save()
    wrong = client.post(reverse("account_login"), {"login": owner.email, "password": "no"})
    assert b"data-error-summary" in wrong.content
    right = client.post(reverse("account_login") + "?next=/help/", {"login": owner.email.upper(), "password": PASSWORD})
    assert right["Location"] == "/help/"


def test_a_forgotten_password_is_set_by_a_mail(client, owner):
    owner.set_password(PASSWORD)
    owner.save()
    client.post(reverse("account_reset_password"), {"email": owner.email})
    (message,) = mail.outbox
    assert message.subject == "Set a new password"
    link = next(word for word in message.body.split() if "/password/reset/key/" in word)
    page = client.get(link.removeprefix("http://testserver"), follow=True)
    assert b"Set a new password" in page.content
    changed = client.post(
        page.request["PATH_INFO"], {"password1": "a much longer one 7", "password2": "a much longer one 7"}
    )
    assert changed["Location"] == reverse("account_reset_password_from_key_done")
    assert b"This link no longer works" in client.get(link.removeprefix("http://testserver"), follow=True).content


def test_sessions_are_named_in_words(client, owner):
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    owner.set_password(PASSWORD)
    owner.save()
    client.post(reverse("account_login"), {"login": owner.email, "password": PASSWORD}, headers={"User-Agent": agent})
    assert b"Firefox, Linux" in client.get(reverse("usersessions_list")).content


def test_records_are_opened_through_the_one_sign_in_page(client, owner, admin):
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(reverse("account_login"))
    client.force_login(owner)
    assert client.get("/admin/", follow=True).status_code == 403
    client.force_login(admin)
    assert client.get("/admin/").status_code == 200
