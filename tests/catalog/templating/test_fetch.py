"""Fetching by git from a real server: only below an allowed address, and only from there."""

import os
import shutil

import pytest

from catalog.templating import fetch, git, jail
from catalog.templating.fetch import FetchError
from catalog.templating.tree import File
from tests.makers.git_host import git_host
from tests.makers.marketplace import make_tree

ALLOWED = "https://git.example.org/templates/"


@pytest.fixture
def host(tmp_path, settings):
    with git_host(tmp_path) as host:
        settings.TEMPLATE_GIT_URLS = [f"{host.url}/templates/", f"{host.url}/dumb/", f"{host.url}/moved/"]
        yield host


@pytest.mark.parametrize(
    "url",
    [
        "https://git.example.org/templates/a.git",
        "https://git.example.org/templates/team/a/",
        "https://git.example.org:443/templates/a",
        "https://GIT.example.org/templates/a",
    ],
)
def test_what_lies_below_an_allowed_address(settings, url):
    settings.TEMPLATE_GIT_URLS = ["https://other.example.org/", ALLOWED]
    assert fetch.prefix_of(url) == ALLOWED


@pytest.mark.parametrize(
    "url",
    [
        "", "a", "ext::sh -c id", "file:///etc/passwd", "/etc/passwd", "../x", "-uexec", "ssh://git.example.org/templates/a",
        "git@git.example.org:templates/a", "http://git.example.org/templates/a", "https://git.example.org:8443/templates/a",
        "https://git.example.org/templates", "https://git.example.org/templates/", "https://git.example.org/templatesx/a",
        "https://git.example.org/templates/../a", "https://git.example.org/templates/./a", "https://git.example.org/templates//a",
        "https://git.example.org/templates/%2e%2e/a", "https://git.example.org/x/templates/a",
        "https://git.example.org.evil.example/templates/a", "https://git.example.org@evil.example/templates/a",
        "https://@git.example.org/templates/a", "https://me:pw@git.example.org/templates/a",
        "https://evil.example\\@git.example.org/templates/a", "https://git.example.org/templates/a?x=1",
        "https://git.example.org/templates/a#x", "https://git.example.org/templates/a b", "https://git.example.org/templates/a\n",
        "https://git.example.org:x/templates/a", "https://git.example.org:99999/templates/a", "https://gıt.example.org/templates/a",
        "https:///templates/a",
    ],
)  # fmt: skip
def test_what_does_not(settings, url):
    settings.TEMPLATE_GIT_URLS = [ALLOWED]
    assert fetch.prefix_of(url) is None
    with jail.folder() as folder, pytest.raises(FetchError, match="fetched only from addresses"):
        fetch.fetch(url, folder)


@pytest.mark.parametrize("wrong", ["", "git.example.org", "file:///srv/", "https://@git.example.org/"])
def test_a_setting_that_is_no_address_allows_nothing(settings, wrong):
    settings.TEMPLATE_GIT_URLS = [wrong]
    assert fetch.prefix_of("https://git.example.org/a") is None and fetch.prefix_of("file:///srv/a") is None


@pytest.mark.parametrize("way", ["templates", "dumb"])
def test_every_version_comes_from_smart_and_from_plain_servers(host, way):
    host.add("leave", {"1.0.0": make_tree(), "1.1.0": make_tree(files={"template/NEWS.md": "New\n"})})
    with jail.folder() as folder:
        path = fetch.fetch(f"{host.url}/{way}/leave.git", folder)
        assert {"refs/heads/main", "refs/tags/v1.0.0", "refs/tags/v1.1.0"} <= set(git.refs(path))
        assert git.read(path, "refs/tags/v1.1.0")["template/NEWS.md"].text == "New\n"


def test_a_submodule_causes_no_request(host):
    host.add("leave", {"1.0.0": make_tree()}, gitlink=f"{host.url}/templates/other.git")
    host.add("other", {"1.0.0": make_tree()})
    with jail.folder() as folder:
        fetch.fetch(f"{host.url}/templates/leave.git", folder)
    assert host.asked and all(path.startswith("/templates/leave.git/") for path in host.asked)


def test_a_redirect_is_not_followed(host):
    host.add("leave", {"1.0.0": make_tree()})
    host.redirects["moved"] = f"{host.url}/templates/"
    with jail.folder() as folder, pytest.raises(FetchError, match="no repository at this address"):
        fetch.fetch(f"{host.url}/moved/leave.git", folder)
    assert host.asked and all(path.startswith("/moved/") for path in host.asked)


def test_objects_that_a_server_says_are_elsewhere_are_not_fetched_there(host):
    """What a plain server may name in http-alternates: git would ask any host for the rest."""
    bare = host.add("leave", {"1.0.0": make_tree()})
    host.add("other", {"1.0.0": make_tree()})
    for place in (bare / "objects").glob("??"):
        shutil.rmtree(place)
    (bare / "objects" / "info" / "http-alternates").write_text(f"{host.url}/elsewhere/objects\n")
    with jail.folder() as folder, pytest.raises(FetchError):
        fetch.fetch(f"{host.url}/dumb/leave.git", folder)
    assert host.asked and not [path for path in host.asked if path.startswith("/elsewhere")]


def test_what_goes_wrong_is_a_sentence_without_commands_or_places(host):
    with jail.folder() as folder, pytest.raises(FetchError) as refusal:
        fetch.fetch(f"{host.url}/templates/none.git", folder)
    assert str(refusal.value).startswith("There is no repository at this address")
    assert "git " not in str(refusal.value) and "/tmp" not in str(refusal.value)


def test_an_address_that_does_not_answer_is_given_up(host, monkeypatch):
    host.add("leave", {"1.0.0": make_tree()})
    monkeypatch.setattr(fetch, "SECONDS", 0.3)
    host.waits = 1
    with jail.folder() as folder, pytest.raises(FetchError, match="in time"):
        fetch.fetch(f"{host.url}/templates/leave.git", folder)


@pytest.mark.parametrize("way", ["templates", "dumb"])
def test_a_repository_that_is_too_large_is_given_up(host, monkeypatch, way):
    monkeypatch.setattr(jail, "FILE_MEGABYTES", 1)
    host.add("leave", {"1.0.0": {**make_tree(), "template/noise.bin": File(os.urandom(3_000_000))}})
    with jail.folder() as folder, pytest.raises(FetchError, match="too large"):
        fetch.fetch(f"{host.url}/{way}/leave.git", folder)
