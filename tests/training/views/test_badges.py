"""Badges as files and as what the issuer publishes, verified by other people's code over the site's own addresses."""

import json

import jwt as pyjwt
import pytest
from django.conf import settings
from django.utils import timezone
from openbadgeslib.ob3 import OB3Verifier

from tests.makers.training import make_award
from training.actions import awards
from training.badges.baking import unbake
from training.badges.published import Published
from training.badges.verification import Answer, verify
from training.models import Award

pytestmark = pytest.mark.django_db


def download(client, award: Award, form: str):
    return client.get(f"{award.get_absolute_url()}download/{form}/")


@pytest.mark.parametrize("form", ["svg", "png", "jwt", "json"])
def test_every_file_verifies_with_nothing_but_what_the_issuer_publishes(client, owner, form):
    award = make_award(owner)
    client.force_login(owner)
    file = download(client, award, form)
    assert "attachment" in file["Content-Disposition"] and "no-transform" in file["Cache-Control"]
    client.logout()
    issuer = Published.load(client.get("/badges/issuer/").content.decode())
    assert verify(file.content, issuer, now=timezone.now()).is_valid
    stored = award.credentials.get()
    assert unbake(file.content) == (stored.linked if form == "json" else stored.jwt)


def test_the_kid_answers_with_one_key_that_fits(client, owner):
    award = make_award(owner)
    token = award.credentials.get().jwt
    kid = pyjwt.get_unverified_header(token)["kid"]
    assert kid.startswith(settings.SITE_URL)
    page = client.get(kid.removeprefix(settings.SITE_URL))
    assert page["Access-Control-Allow-Origin"] == "*"
    key = pyjwt.PyJWK(page.json())
    assert pyjwt.decode(token, key, algorithms=["RS256"])["name"] == "Basics"
    assert client.get("/badges/keys/none/").status_code == 404


def test_the_status_list_comes_in_both_forms_and_knows_what_was_withdrawn(client, owner, staff):
    award = make_award(owner)
    credential = award.credentials.get()
    key = pyjwt.PyJWK(client.get(f"/badges/keys/{credential.key_name}/").json())
    awards.revoke(award, reason="r", by=staff, now=timezone.now())
    token = client.get("/badges/status/")
    assert token["Content-Type"] == "application/vc+jwt"
    pem = key.key
    status = json.loads(credential.linked)["credentialStatus"]
    assert (
        pyjwt.decode(token.content.decode(), key, algorithms=["RS256"])["credentialSubject"]["statusPurpose"]
        == "revocation"
    )
    linked = client.get("/badges/status/", headers={"accept": "application/vc+ld+json"})
    assert linked.json()["proof"][0]["cryptosuite"] == "eddsa-rdfc-2022" and "Accept" in linked["Vary"]
    assert status["statusListIndex"] == str(credential.status_index) and pem
    issuer = Published.load(client.get("/badges/issuer/").content.decode())
    assert verify(credential.jwt.encode(), issuer, now=timezone.now()).answer == Answer.REVOKED


def test_other_people_read_our_picture(client, owner):
    award = make_award(owner)
    client.force_login(owner)
    token = award.credentials.get().jwt
    assert OB3Verifier.extract_token_from_png(download(client, award, "png").content) == token
    assert OB3Verifier.extract_token_from_svg(download(client, award, "svg").content) == token


def test_did_document_achievement_and_picture_are_for_everybody(client, owner):
    make_award(owner)
    document = client.get("/.well-known/did.json").json()
    assert document["id"].startswith("did:web:") and document["assertionMethod"] == [
        method["id"] for method in document["verificationMethod"]
    ]
    assert client.get("/badges/achievements/basics/1/").json()["name"] == "Basics"
    assert client.get("/badges/achievements/basics/2/").status_code == 404
    assert client.get("/badges/pictures/basics.svg")["Content-Type"] == "image/svg+xml"


def test_the_certificate_is_a_pdf_with_any_name(client, owner):
    owner.name = "Łukasz Ødegård-Kovač"
    owner.save()
    award = make_award(owner)
    client.force_login(owner)
    page = client.get(f"{award.get_absolute_url()}certificate/")
    assert page["Content-Type"] == "application/pdf" and page.content.startswith(b"%PDF-")


def test_a_withdrawn_badge_gives_no_files(client, owner, staff):
    award = awards.revoke(make_award(owner), reason="r", by=staff, now=timezone.now())
    client.force_login(owner)
    assert download(client, award, "png").status_code == 404
    assert client.get(f"{award.get_absolute_url()}certificate/").status_code == 404
    assert download(client, award, "exe").status_code == 404


def test_staff_suspend_with_a_reason_and_the_page_says_it(client, owner, staff):
    award = make_award(owner)
    client.force_login(staff)
    assert client.post(f"{award.get_absolute_url()}move/", {"move": "suspension", "reason": ""}).status_code == 422
    page = client.post(
        f"{award.get_absolute_url()}move/", {"move": "suspension", "reason": "Two incidents."}, follow=True
    )
    assert "Two incidents." in page.content.decode() and "Suspended" in page.content.decode()
    client.force_login(owner)
    assert (
        client.post(f"{award.get_absolute_url()}move/", {"move": "reinstatement", "reason": "Me."}).status_code == 403
    )
