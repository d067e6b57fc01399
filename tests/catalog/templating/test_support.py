"""What can be reused of an app: all, some, or not; a sentence for each part."""

import pytest

from catalog.templating import support
from catalog.templating.tree import File

GOOD = {
    "LICENSE": "Apache",
    "index.html": "<h1>Leave desk</h1>",
    "microapp.yaml": "owner: priya.nair@example.org\npassword: 'x'",
    ".copier-answers.yml": "_commit: v1.0.0",
    "data/samples.csv": "name,mail\nAda,ada@example.org\n",
    "package.json": '{"author": "ann@company.com"}',
}


def looked_at(files=None, *, without=(), rendered=None, **details):
    texts = {**GOOD, **(files or {})}
    app = {path: File(text if isinstance(text, bytes) else text.encode()) for path, text in texts.items()}
    made = {path: File(text.encode()) for path, text in (rendered or {"index.html": "<h1>"}).items()}
    return support.support({path: app[path] for path in app if path not in without}, rendered=made, **details)


def test_an_app_of_plain_texts_is_reused_whole():
    assert looked_at({"logo.png": b"\x89PNG\x00", "font.woff2": b"\x00"}) == support.Support(support.ALL, ())


@pytest.mark.parametrize(
    ("path", "content", "says"),
    [
        ("dist/app.js", "x", "generated"),
        ("node_modules/a/index.js", "x", "generated"),
        (".trellis/cache.json", "{}", "generated"),
        ("sbom.cdx.json", "{}", "generated"),
        ("backup.zip", b"PK\x00", "generated"),
        ("plan.xlsx", b"PK\x00", "not text"),
        ("people.sqlite", b"SQLite\x00", "not text"),
        ("data/staff.csv", "name,mail\nAnn,ann@company.com\n", "about people"),
        ("data/staff.json", '[{"first_name": "Ann"}]', "about people"),
        ("pay.tsv", "who\tsalary\tfrom\nA\t1\t2\n", "about people"),
    ],
)
def test_what_stays_out(path, content, says):
    found = looked_at({path: content})
    assert found.outcome == support.SOME
    assert [(line.outcome, line.file) for line in found.lines] == [(support.SOME, path)] and says in found.lines[
        0
    ].sentence


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("data/a.csv", "room,seats\nA,4\n"),
        ("data/a.json", '{"mail": "help@stores.example"}'),
        ("data/b.json", '{"mail": "me@mail.example.com", "telephone": true}'),
        ("src/app.mjs", "export const first_name = 'x'; // ann@company.com"),
        ("README.md", "Ask ann@company.com"),
        ("LICENSE.txt", "Copyright Ann <ann@company.com>"),
    ],
)
def test_what_is_no_data_about_people(path, content):
    assert looked_at({path: content}).outcome == support.ALL


def test_an_address_that_each_clone_replaces_is_no_data_about_people():
    files = {"data/help.json": '{"ask": "stores@company.com"}'}
    assert looked_at(files).outcome == support.SOME
    assert looked_at(files, known=frozenset({"stores@company.com"})).outcome == support.ALL


@pytest.mark.parametrize(
    "secret",
    [
        "AKIA" + "A" * 16,
        "-----BEGIN RSA PRIVATE KEY-----",
        "ghp_" + "a" * 36,
        'password = "correct-horse-battery"',
        "API_KEY: 'abcdef0123456789'",
    ],
)
def test_a_secret_refuses_the_whole(secret):
    found = looked_at({"src/app.mjs": secret})
    assert found.outcome == support.NOT
    assert [(line.outcome, line.file) for line in found.lines] == [(support.NOT, "src/app.mjs")]


def test_a_secret_in_what_stays_out_anyway_refuses_nothing():
    assert looked_at({"dist/app.js": "AKIA" + "A" * 16}).outcome == support.SOME


def test_without_a_licence_nobody_may_reuse_it():
    found = looked_at(without=("LICENSE",))
    assert found.outcome == support.NOT and "licence" in found.lines[0].sentence


def test_a_clone_that_was_never_changed_is_the_work_of_its_template():
    same = {**GOOD, "microapp.yaml": "other", ".copier-answers.yml": "other"}
    found = looked_at(rendered=same)
    assert found.outcome == support.NOT and "Nothing in it differs" in found.lines[0].sentence
    assert looked_at(rendered={**same, "index.html": "<h1>Old</h1>"}).outcome == support.ALL
    assert looked_at(rendered={**same, "gone.txt": "taken out"}).outcome == support.ALL
