import pytest

from catalog.templating import app_tests
from catalog.templating.tree import File

SOURCE = File(b"export const one = 1;\n")
GOOD = """
import test from "node:test";
import { one } from "../src/one.mjs";
test("one", () => { if (one !== 1) throw Error(); });
"""
needs_node = pytest.mark.skipif(app_tests.node() is None, reason="this machine has no Node.js")


def run(**tests: str) -> app_tests.Tested:
    return app_tests.run(
        {"src/one.mjs": SOURCE, **{f"tests/{name}.test.mjs": File(text.encode()) for name, text in tests.items()}}
    )


def test_an_app_without_tests_is_told_so():
    assert run().state == app_tests.NONE


@needs_node
def test_good_tests_pass():
    assert run(a=GOOD, b=GOOD) == app_tests.Tested(app_tests.PASSED, 2)


@needs_node
@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('import test from "node:test"; test("no", () => { throw Error("one is not two"); });', "one is not two"),
        ('import fs from "node:fs"; fs.readFileSync("/etc/passwd");', "ERR_ACCESS_DENIED"),
        ('import fs from "node:fs"; fs.writeFileSync("here", "x");', "ERR_ACCESS_DENIED"),
        ('import cp from "node:child_process"; cp.execSync("id");', "ERR_ACCESS_DENIED"),
        ('await fetch("http://127.0.0.1:1/");', "fetch failed"),
        ("import './nowhere.mjs';", "ERR_MODULE_NOT_FOUND"),
    ],
)
def test_what_fails_or_reaches_out_fails(source, says):
    tested = run(a=source)
    assert tested.state == app_tests.FAILED and says in tested.said and "/tmp" not in tested.said


@needs_node
def test_one_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(app_tests, "SECONDS", 1)
    tested = run(a="for (;;) {}")
    assert tested.state == app_tests.FAILED and "stopped" in tested.said
