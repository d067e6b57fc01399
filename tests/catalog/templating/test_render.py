"""What a template could do to the server with Copier's own defaults, and what it can do here: nothing.

Each hole is opened first, with Copier as it comes, so that the test would notice if it were closed there."""

import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from catalog.templating import git, jail, render, tree
from catalog.templating.tree import BadTree, File
from tests.makers.catalog import NOW
from tests.makers.marketplace import make_tree

ORIGIN = render.Origin("https://portal.example/git/templates/leave.git", "1.0.0")
APP = {"app": {"name": "Leave desk", "manifest": "version: 1\n"}}


def plain_copier(folder: Path, source: Path, **environment: str) -> str:
    """Copier as anybody would call it, in a process of its own. What it rendered to out/x.txt, or what it said."""
    call = (
        "import sys, copier; copier.run_copy(sys.argv[1], sys.argv[2], defaults=True, overwrite=True, quiet=True, "
        "unsafe=False, skip_tasks=True)"
    )
    out = folder / "out"
    done = subprocess.run(
        [sys.executable, "-c", call, str(source), str(out)],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    shown = out / "x.txt"
    return shown.read_text() if shown.exists() else done.stderr.decode()


def template(text: str, **more: str) -> dict[str, File]:
    files = {"copier.yml": "_subdirectory: template\n", "template/x.txt.jinja": text, **more}
    return {path: File(content.encode()) for path, content in files.items()}


def said(found: dict[str, File] | Exception) -> str:
    return found["x.txt"].content.decode() if isinstance(found, dict) else str(found)


def rendered(files: dict[str, File], **options: float) -> str:
    try:
        return said(render.render(files, APP, origin=ORIGIN, **options))
    except render.RenderError as error:
        return str(error)


class TestHoles:
    def test_the_environment_does_not_leak(self, tmp_path):
        files = template("{{ '$TRELLIS_TEST_SECRET' | expandvars }}")
        (source := tmp_path / "template").mkdir()
        tree.write(files, source)
        assert plain_copier(tmp_path, source, TRELLIS_TEST_SECRET="hunter2") == "hunter2"
        os.environ["TRELLIS_TEST_SECRET"] = "hunter2"
        try:
            assert "hunter2" not in rendered(files)
        finally:
            del os.environ["TRELLIS_TEST_SECRET"]

    def test_the_server_s_files_are_not_listed(self, tmp_path):
        (tmp_path / "secrets").mkdir()
        (tmp_path / "secrets" / "board-minutes.txt").touch()
        files = template(f"{{{{ '{tmp_path}/secrets/*' | fileglob }}}}")
        (source := tmp_path / "template").mkdir()
        tree.write(files, source)
        assert "board-minutes" in plain_copier(tmp_path, source)
        assert "board-minutes" not in rendered(files)

    def test_no_git_config_of_a_template_is_written_or_run(self, tmp_path):
        marker = tmp_path / "ran"
        planted = f'[core]\n\tfsmonitor = "touch {marker}; false"\n'
        text = "_exclude: [copier.yml]\nplace:\n  type: str\n  default: .git\n"
        files = {"copier.yml": File(text.encode()), "{{ place }}/config": File(planted.encode()), "x.txt": File(b"x")}
        (source := tmp_path / "template").mkdir()
        tree.write(files, source)
        plain_copier(tmp_path, source)
        assert (tmp_path / "out" / ".git" / "config").read_text() == planted
        app = render.render(files, APP, origin=ORIGIN)
        assert sorted(app) == ["x.txt"]
        with jail.folder() as folder:
            repository = git.make(folder)
            git.commit(repository, git.MAIN, app, message="x", author=author())
            git.read(repository, git.MAIN)
        assert not marker.exists()

    def test_a_submodule_is_not_fetched(self, tmp_path, counting_server):
        url, requests = counting_server
        work = tmp_path / "work"
        work.mkdir()
        run = lambda *command: subprocess.run(  # noqa: E731
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *command], cwd=work, check=True, capture_output=True
        )
        run("init", "-q", "-b", "main")
        tree.write(template("x"), work)
        (work / ".gitmodules").write_text(f'[submodule "s"]\n\tpath = s\n\turl = {url}/s.git\n')
        run("add", "-A")
        run("update-index", "--add", "--cacheinfo", "160000,4b825dc642cb6eb9a060e54bf8d69288fbee4904,s")
        run("commit", "-q", "-m", "x")
        run("tag", "v1.0.0")
        plain_copier(tmp_path, work)
        assert requests, "Copier fetches it"
        requests.clear()
        with jail.folder() as folder:
            content = subprocess.run(
                ["git", "bundle", "create", "-q", "-", "--all"], cwd=work, capture_output=True, check=True
            )
            repository = git.unbundle(folder, content.stdout)
            with pytest.raises(BadTree, match="submodule"):
                git.read(repository, "v1.0.0")
        assert not requests

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}", "time"),
            ("{{ 'a' * 4000000000 }}", "MemoryError"),
            ("{{ range(10000000) | list }}", "OverflowError"),
        ],
    )
    def test_a_bomb_ends_within_its_limits(self, text, kind):
        with pytest.raises(render.RenderError) as error:
            render.render(template(text), APP, origin=ORIGIN, seconds=3)
        assert error.value.kind == kind

    def test_a_file_that_is_too_large_is_not_written(self):
        text = "{% for a in range(1000) %}{{ 'a' * 100000 }}{% endfor %}"
        with pytest.raises(render.RenderError) as error:
            render.render(template(text), APP, origin=ORIGIN, seconds=10)
        assert error.value.kind in ("size", "BadTree", "OSError")

    def test_a_link_that_a_template_makes_is_refused(self, tmp_path):
        place = tmp_path / "app"
        place.mkdir()
        (place / "x.txt").symlink_to("/etc/passwd")
        with pytest.raises(BadTree, match="link"):
            tree.read(place)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ ''.__class__ }}", ""),
        ("{{ nobody_asked }}", "a word that no question answers"),
        ("{% if %}", "a mistake in its Jinja"),
        ("{% include '/etc/passwd' %}", ""),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(text, sentence):
    strict = "_subdirectory: template\n_envops: {undefined: jinja2.StrictUndefined}\n"
    shown = rendered(template(text, **{"copier.yml": strict}))
    assert sentence in shown and "/tmp" not in shown and "root:" not in shown


def test_the_answers_file_names_the_template_and_not_the_server():
    app = render.render(make_tree(), APP, origin=ORIGIN)
    text = app[render.ANSWERS_FILE].content.decode()
    assert text == (
        "_commit: v1.0.0\n_src_path: https://portal.example/git/templates/leave.git\nsteps: 1\ntitle: Leave requests\n"
    )


def test_one_example_that_fails_does_not_take_the_others_along():
    found = render.render_all(make_tree(), [APP, {**APP, "title": "ab"}, {**APP, "title": "Holidays"}], origin=ORIGIN)
    assert isinstance(found[1], render.RenderError) and "Write at least three letters" in str(found[1])
    assert "Holidays" in found[2]["index.html"].text and "Leave requests" in found[0]["index.html"].text


def test_an_answer_is_never_rendered_as_jinja():
    app = render.render(make_tree(), {**APP, "title": "{{ 7 * 7 }}"}, origin=ORIGIN)
    assert "{{ 7 * 7 }}" in app["index.html"].text


def author() -> git.Author:
    return git.Author("Priya", "priya@example.org", NOW)


@pytest.fixture
def counting_server():
    """A web server that counts what it is asked."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()
