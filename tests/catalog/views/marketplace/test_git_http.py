"""Real git against the portal: clone, push, and everything that is refused."""

import base64
import os
import secrets
import subprocess
import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone

from catalog.actions.marketplace import repositories, repository_tokens
from catalog.models import Repository, RepositoryToken
from catalog.states import AppState
from catalog.views.marketplace import git_http
from portal.models import AuditEvent
from tests.makers.catalog import STEPS
from tests.makers.marketplace import bring, make_clone, make_template, publish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def clone(transactional_db, owner, second_owner):
    return make_clone(make_template(("1.0.0",)), owner=owner, state=AppState.ACTIVE, now=timezone.now())


def token(clone, by, *, scope="write", days=30):
    return repository_tokens.make(clone, label=secrets.token_hex(4), scope=scope, days=days, by=by, now=timezone.now())[
        1
    ]


def git(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {
        "PATH": os.environ["PATH"], "HOME": str(cwd), "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.c",
    }  # fmt: skip
    return subprocess.run(["git", *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def address(live_server, clone, secret, kind="apps"):
    slug = clone.app.slug if kind == "apps" else clone.template.slug
    return f"{live_server.url.replace('://', f'://x:{secret}@')}/git/{kind}/{slug}.git"


@pytest.fixture
def work(live_server, clone, owner, tmp_path):
    """A clone of the app's repository by real git."""
    done = git("clone", "-q", address(live_server, clone, token(clone, owner)), "work", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path / "work"


def commit(work, name="mine.txt", text="mine\n"):
    (work / name).write_text(text)
    git("add", "-A", cwd=work)
    return git("commit", "-q", "-m", "Mine", cwd=work)


def test_a_clone_holds_the_app_and_a_push_comes_back(work, clone, owner):
    assert (work / "microapp.yaml").read_text().startswith("version: 1") and (work / "index.html").exists()
    assert "refs/trellis" not in git("ls-remote", cwd=work).stdout
    commit(work)
    done = git("push", "-q", "origin", "main", cwd=work)
    assert done.returncode == 0, done.stderr
    repository = Repository.objects.get(pk=clone.repository_id)
    assert (
        "mine.txt" in repositories.files(repository)
        and repository.head == git("rev-parse", "HEAD", cwd=work).stdout.strip()
    )
    event = AuditEvent.objects.get(verb="catalog.app_pushed")
    assert event.actor == owner and event.facts["to"] == repository.head[:10]


def test_a_template_is_read_and_not_pushed(live_server, clone, owner, tmp_path):
    secret = token(clone, owner)
    done = git("clone", "-q", address(live_server, clone, secret, "templates"), "t", cwd=tmp_path)
    assert done.returncode == 0 and (tmp_path / "t" / "copier.yml").exists()
    commit(tmp_path / "t")
    assert git("push", "-q", "origin", "main", cwd=tmp_path / "t").returncode != 0


def test_two_who_push_at_once_follow_one_another(live_server, work, clone, owner, tmp_path):
    git("clone", "-q", address(live_server, clone, token(clone, owner)), "second", cwd=tmp_path)
    second = tmp_path / "second"
    commit(work, "a.txt")
    commit(second, "b.txt")
    results: list[int] = []
    threads = [
        threading.Thread(
            target=lambda place=place: results.append(git("push", "-q", "origin", "main", cwd=place).returncode)
        )
        for place in (work, second)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(code == 0 for code in results) == [False, True]
    loser = second if "a.txt" in repositories.files(Repository.objects.get(pk=clone.repository_id)) else work
    git("pull", "-q", "--rebase", "origin", "main", cwd=loser)
    assert git("push", "-q", "origin", "main", cwd=loser).returncode == 0
    assert {"a.txt", "b.txt"} <= set(repositories.files(Repository.objects.get(pk=clone.repository_id)))


REFUSED = (
    "link",
    "submodule",
    "hidden ref",
    "rewritten history",
    "large",
    "zeros",
    "letters",
    "moved tag",
    "deleted main",
)


@pytest.mark.parametrize("kind", REFUSED)
def test_a_push_that_is_refused_says_why_and_changes_nothing(work, clone, kind):
    before = Repository.objects.get(pk=clone.repository_id).revision
    if kind == "link":
        (work / "link").symlink_to("/etc/passwd")
        commit(work)
        done = git("push", "origin", "main", cwd=work)
        assert "“link” is a link. Put the file itself in." in done.stderr
    elif kind in ("large", "zeros"):
        size = {"large": 6 << 20, "zeros": 200 << 20}[kind]
        with (work / "big.bin").open("wb") as file:
            file.write(os.urandom(size) if kind == "large" else b"")
            file.truncate(size)
        git("add", "-A", cwd=work)
        git("commit", "-q", "-m", "Big", cwd=work)
        done = git("-c", "http.postBuffer=30000000", "push", "origin", "main", cwd=work)
        assert "“big.bin” is larger than 5 MB" in done.stderr
    elif kind == "letters":
        commit(work, "Mine.txt")
        commit(work, "mine.txt")
        done = git("push", "origin", "main", cwd=work)
        assert "in another case of letters" in done.stderr
    elif kind == "moved tag":
        git("tag", "mine", cwd=work)
        assert git("push", "-q", "origin", "mine", cwd=work).returncode == 0
        before = Repository.objects.get(pk=clone.repository_id).revision
        commit(work)
        git("tag", "-f", "mine", cwd=work)
        done = git("push", "--force", "origin", "mine", cwd=work)
        assert "tags stay as they are" in done.stderr
    elif kind == "deleted main":
        done = git("push", "origin", ":main", cwd=work)
    elif kind == "submodule":
        git("update-index", "--add", "--cacheinfo", "160000,4b825dc642cb6eb9a060e54bf8d69288fbee4904,sub", cwd=work)
        git("commit", "-q", "-m", "x", cwd=work)
        done = git("push", "origin", "main", cwd=work)
        assert "submodule" in done.stderr
    elif kind == "hidden ref":
        commit(work)
        done = git("push", "origin", "HEAD:refs/trellis/template", cwd=work)
    else:
        git("commit", "-q", "--amend", "-m", "other", cwd=work)
        done = git("push", "--force", "origin", "main", cwd=work)
    assert done.returncode != 0
    assert Repository.objects.get(pk=clone.repository_id).revision == before


def test_a_branch_of_ones_own_may_be_rewritten_and_deleted(work, clone):
    git("checkout", "-q", "-b", "try", cwd=work)
    for text in ("one", "two"):
        commit(work, text=text)
        assert git("push", "-q", "--force", "origin", "try", cwd=work).returncode == 0
        git("reset", "-q", "--hard", "HEAD~", cwd=work)
    assert git("push", "-q", "origin", ":try", cwd=work).returncode == 0
    assert "try" not in git("ls-remote", cwd=work).stdout


def test_only_what_was_published_of_a_template_is_served(live_server, clone, owner, tmp_path):
    secret = {"files": {"template/SECRET.md": "never published\n"}}
    refused = bring("1.1.0", template=clone.template, **secret)
    url = address(live_server, clone, token(clone, owner), "templates")
    assert "v1.1.0" not in git("ls-remote", url, cwd=tmp_path).stdout
    git("clone", "-q", url, "t", cwd=tmp_path)
    assert git("fetch", "origin", refused.commit, cwd=tmp_path / "t").returncode != 0
    publish(bring("1.2.0", template=clone.template))
    assert git("fetch", "-q", "--tags", "origin", cwd=tmp_path / "t").returncode == 0
    assert "v1.2.0" in git("tag", cwd=tmp_path / "t").stdout
    assert git("cat-file", "-e", refused.commit, cwd=tmp_path / "t").returncode != 0, "not in the history either"


def test_a_body_in_chunks_is_read_to_its_end_and_no_further(rf):
    """Gunicorn undoes the chunks and says that its stream ends with the request."""
    request = rf.post("/git/", data=b"", content_type="application/x-git-receive-pack-request")
    request.META.pop("CONTENT_LENGTH", None)
    request.META |= {"wsgi.input": BytesIO(b"x" * 3_000_000), "wsgi.input_terminated": True}
    assert len(git_http.body_of(request)) == 3_000_000
    request.META["wsgi.input_terminated"] = False
    assert git_http.body_of(request) == b""


def test_tokens_open_what_they_are_for_and_nothing_else(live_server, clone, owner, second_owner, outsider, tmp_path):
    now = timezone.now()
    other = make_clone(clone.template, owner=owner, name="Another", now=now)
    reading = token(clone, owner, scope="read")
    assert git("ls-remote", address(live_server, clone, reading), cwd=tmp_path).returncode == 0
    git("clone", "-q", address(live_server, clone, reading), "r", cwd=tmp_path)
    commit(tmp_path / "r")
    assert "403" in git("push", "origin", "main", cwd=tmp_path / "r").stderr
    assert git("ls-remote", address(live_server, other, reading), cwd=tmp_path).returncode != 0
    assert git("ls-remote", address(live_server, clone, "trl_wrong"), cwd=tmp_path).returncode != 0
    RepositoryToken.objects.filter(digest=repository_tokens.digest(reading)).update(
        expires_at=now - timedelta(seconds=1)
    )
    assert git("ls-remote", address(live_server, clone, reading), cwd=tmp_path).returncode != 0
    given = token(clone, second_owner)
    app = clone.app
    app.refresh_from_db()
    app.second_owner = outsider
    app.save()
    assert "403" in git("ls-remote", address(live_server, clone, given), cwd=tmp_path).stderr, "an owner no more"


def test_an_archived_app_is_read_only(live_server, work, clone, tmp_path):
    app = clone.app
    app.refresh_from_db()
    STEPS["archive"](app, timezone.now())
    commit(work)
    assert git("fetch", "-q", cwd=work).returncode == 0
    assert "403" in git("push", "origin", "main", cwd=work).stderr


def test_wrong_tokens_are_counted_and_keep_no_right_one_out(client, clone, owner):
    url = f"/git/apps/{clone.app.slug}.git/info/refs?service=git-upload-pack"
    answer = client.get(url)
    assert answer.status_code == 401 and "Basic" in answer["WWW-Authenticate"]
    head = {"HTTP_AUTHORIZATION": "Basic eDp0cmxfbm8="}
    assert [client.get(url, **head).status_code for _turn in range(31)][-1] == 429
    right = base64.b64encode(f"x:{token(clone, owner)}".encode()).decode()
    assert client.get(url, HTTP_AUTHORIZATION=f"Basic {right}").status_code == 200, "a colleague behind the same proxy"
    assert client.get("/git/apps/other.git/info/refs", **head).status_code == 401
