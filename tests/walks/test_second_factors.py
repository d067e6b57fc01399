"""Passkeys and codes, by a real browser with a virtual authenticator."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import expect

from tests.browser import visit

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def signed_in(live_server, browser, owner):
    """The owner, signed in and confirmed by password, in a browser that has an authenticator."""
    owner.set_password(PASSWORD)
    owner.save()
    with visit(browser, live_server.url) as opened:
        device = opened.page.context.new_cdp_session(opened.page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        sign_in(opened, owner)
        confirm(opened)
        yield opened
        assert not opened.problems, opened.problems


def sign_in(opened, owner):
    opened.go("/accounts/login/").page.fill("#id_login", owner.email)
    opened.page.fill("#id_password", PASSWORD)
    opened.page.click("main form button >> nth=0")
    opened.page.wait_for_load_state("networkidle")


def confirm(opened):
    """Whoever changes how they sign in says the password once more."""
    page = opened.go("/accounts/2fa/webauthn/add/").page
    expect(page.locator("h1")).to_have_text("Confirm that it is you")
    opened.check()
    page.fill("#id_password", PASSWORD)
    page.click("main form button >> nth=0")
    expect(page.locator("h1")).to_have_text("Add a passkey")


def sign_out(opened):
    opened.page.click("button.avatar")
    opened.page.click("#me >> text=Sign out")
    opened.page.wait_for_selector("#id_login")


def add_passkey(opened, name):
    page = opened.go("/accounts/2fa/webauthn/add/").page
    page.fill("#id_name", name)
    page.check("#id_passwordless")
    opened.check()
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/add/" not in url)


def test_a_passkey_is_added_and_signs_in(signed_in):
    add_passkey(signed_in, "My laptop")
    page = signed_in.go("/accounts/2fa/webauthn/").page
    expect(page.locator("main")).to_contain_text("My laptop")
    signed_in.check()
    signed_in.go("/accounts/2fa/").check()
    sign_out(signed_in)
    page.click("#passkey_login")
    page.wait_for_selector("button.avatar")
    expect(page.locator("button.avatar")).to_contain_text("Priya Nair")


def test_a_passkey_that_fails_says_so(live_server, browser, db):
    with visit(browser, live_server.url) as opened:
        device = opened.page.context.new_cdp_session(opened.page)
        device.send("WebAuthn.enable")
        made = device.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, "isUserVerified": False}})
        device.send("WebAuthn.setUserVerified", {"authenticatorId": made["authenticatorId"], "isUserVerified": False})
        opened.go("/accounts/login/").page.click("#passkey_login")
        opened.page.wait_for_selector("[data-passkey-trouble]:not([hidden])")
        opened.check()


def test_the_key_is_renamed_and_removed(signed_in):
    add_passkey(signed_in, "Old name")
    page = signed_in.go("/accounts/2fa/webauthn/").page
    page.click("main >> text=Rename")
    page.fill("#id_name", "New name")
    signed_in.check()
    page.click("main >> text=Save")
    expect(page.locator("main")).to_contain_text("New name")
    page.click("main >> text=Remove")
    page.wait_for_url("**/remove/")
    signed_in.check()
    page.click("main button >> text=Remove")
    expect(page.locator("main")).to_contain_text("No keys yet")


def test_a_code_of_the_app_is_the_second_step(signed_in, owner):
    page = signed_in.go("/accounts/2fa/totp/activate/").page
    signed_in.check()
    secret = page.input_value("#totp-secret")
    page.fill("#id_code", code(secret))
    page.click("main >> text=Switch on")
    page.wait_for_url(lambda url: "activate" not in url)
    signed_in.go("/accounts/2fa/recovery-codes/").check()
    recovery = page.input_value("#recovery_codes").split()[0]
    signed_in.go("/accounts/2fa/recovery-codes/generate/").check()
    signed_in.go("/accounts/2fa/totp/deactivate/").check()
    sign_out(signed_in)
    sign_in(signed_in, owner)
    expect(page.locator("h1")).to_have_text("The second step")
    signed_in.check()
    page.fill("#id_code", recovery)
    page.click("main form button >> nth=0")
    expect(page.locator("button.avatar")).to_contain_text("Priya Nair")


def code(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
