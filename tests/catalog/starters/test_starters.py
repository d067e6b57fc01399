"""Every shipped template, in both versions, with its defaults and every example: rendered, tested, judged and looked at."""

import functools
import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from catalog import app_words
from catalog.starters.compose import KINDS, VERSIONS, compose
from catalog.templating import app_tests, lint, render, tree
from catalog.templating.metadata import read
from catalog.templating.tree import tree_of
from tests.browser import SIZES, THEMES, Visit

ORIGIN = render.Origin("https://portal.example/git/templates/x.git", "1.0.0")
CONTRACT = app_words.sample(data_classification="internal", connectors=[], hosts=[])
WORDS = app_words.words(CONTRACT, slug="sample-app", page="https://portal.example/apps/x/", telemetry="")
ZIZMOR = Path(sys.executable).with_name("zizmor")
LEFT_OVER = re.compile(r"(?<!\$)\{\{|\{%")


@functools.cache
def files(kind, version):
    return tree_of((path, content, False) for path, content in compose(kind, version).items())


def examples(kind, version):
    described, problems = read(files(kind, version))
    assert not problems
    return [("defaults", {}), *((one["name"], one["answers"]) for one in described["examples"])]


CASES = [
    (kind, version, name, answers)
    for kind in KINDS
    for version in VERSIONS
    for name, answers in examples(kind, version)
]
each_case = pytest.mark.parametrize(
    ("kind", "version", "name", "answers"), CASES, ids=[f"{c[0]}-{c[1]}-{c[2]}" for c in CASES]
)


@functools.cache
def app(kind, version, name):
    answers = dict(examples(kind, version))[name]
    return render.render(files(kind, version), {**answers, "app": WORDS}, origin=ORIGIN)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_lint_finds_nothing(kind, version):
    found = lint.lint(files(kind, version))
    assert not found.problems and not found.warnings
    assert found.metadata["kind"] == kind and 3 <= len(found.questions) <= 9


@each_case
def test_what_comes_out_is_whole(kind, version, name, answers):
    made = app(kind, version, name)
    assert made["microapp.yaml"].text == WORDS["manifest"]
    for path in (
        "index.html",
        "README.md",
        "LICENSE",
        ".github/workflows/ci.yml",
        ".gitlab-ci.yml",
        render.ANSWERS_FILE,
    ):
        assert path in made
    for path, file in made.items():
        if path != "LICENSE" and file.text is not None:
            assert not LEFT_OVER.search(file.text), path
    assert "sample-app" in made["src/config.mjs"].text


@pytest.mark.skipif(app_tests.node() is None, reason="this machine has no Node.js")
@each_case
def test_its_own_tests_pass(kind, version, name, answers):
    tested = app_tests.run(app(kind, version, name))
    assert (tested.state, tested.files >= 4) == (app_tests.PASSED, True), tested.said


@pytest.mark.skipif(app_tests.node() is None, reason="this machine has no Node.js")
@pytest.mark.parametrize("kind", KINDS)
def test_its_workflow_s_own_steps_run(kind, tmp_path):
    tree.write(app(kind, VERSIONS[-1], "defaults"), tmp_path)
    run = functools.partial(subprocess.run, cwd=tmp_path, capture_output=True, text=True, check=False)
    checked = run(["node", "ci/check.mjs"])
    assert checked.returncode == 0, checked.stderr
    assert run(["node", "ci/sbom.mjs"]).returncode == 0
    listed = (tmp_path / "sbom.cdx.json").read_text()
    assert '"bomFormat": "CycloneDX"' in listed and "src/app.mjs" in listed
    (tmp_path / "src" / "leak.mjs").write_text(
        'export const key = "AKIA' + "A" * 16 + '"; fetch("https://elsewhere.example/");\n'
    )
    failed = run(["node", "ci/check.mjs"])
    assert failed.returncode == 1 and "secret" in failed.stderr and "elsewhere.example" in failed.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_version_brings_something(kind):
    before, after = files(kind, "1.0.0"), files(kind, "1.1.0")
    changed = [path for path in after if after[path] != before.get(path)]
    assert {"template.yaml", "template/src/app.mjs", "parts/page.html.jinja"} <= set(changed)
    assert read(files(kind, "1.1.0"))[0]["release"]["security"] is True


@pytest.mark.parametrize("kind", KINDS)
def test_its_pictures_are_plain_drawings(kind):
    described, _problems = read(files(kind, "1.0.0"))
    for picture in described["pictures"]:
        root = fromstring(files(kind, "1.0.0")[picture["file"]].text)
        assert not [
            node for node in root.iter() if node.tag.rpartition("}")[2] in ("script", "image", "foreignObject", "use")
        ]


@pytest.mark.skipif(not ZIZMOR.exists(), reason="zizmor is not installed")
def test_the_workflow_is_clean(tmp_path):
    tree.write(app("form", VERSIONS[-1], "defaults"), tmp_path)
    command = [ZIZMOR, "--offline", "--persona=auditor", "."]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def use_form(page):
    page.click("text=Send the request")
    assert page.locator(".error").count() >= 2
    page.select_option("#topic", index=1)
    page.fill("#text", "The lamp over my desk is dark.")
    if page.locator("#due").count():
        page.fill("#due", "2099-01-01")
    page.click("text=Send the request")
    assert page.locator("#list li").count() == 1


def use_checklist(page):
    for box in page.locator("#steps input[type=checkbox]").all():
        box.check()
    if page.locator("#initials").count():
        page.fill("#initials", "ab")
    page.click("text=Finish this round")
    assert page.locator("#rounds li").count() == 1


def use_approval(page):
    page.fill("#what", "Chairs")
    page.fill("#amount", "1.250,50")
    page.fill("#by", "Ann")
    page.click("text=Ask for a decision")
    page.fill("#d1-by", "Ben")
    page.click("button[value=approved]")
    assert "approved by Ben" in page.locator("article").inner_text()


def use_tracker(page):
    page.fill("#name", "Printer lease")
    page.fill("#who", "Ann")
    page.fill("#day", "2099-01-01")
    page.click("text=Add it")
    assert page.locator("tbody tr").count() == 1


def use_dashboard(page):
    assert page.locator(".bar").count() == 7
    page.click("text=The numbers")


def use_chatbot(page):
    page.fill("#question", "May I travel first class by train?")
    page.click("#ask button")
    page.get_by_text("Travel policy, section 2.1").wait_for()
    page.fill("#question", "What is for lunch?")
    page.click("#ask button")
    page.get_by_text("I do not know that").wait_for()


USES = {
    "form": use_form,
    "checklist": use_checklist,
    "approval": use_approval,
    "tracker": use_tracker,
    "dashboard": use_dashboard,
    "chatbot": use_chatbot,
}


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_it_works_in_a_browser(browser, serve, kind, version):
    url = serve(app(kind, version, "defaults"))
    for width, scheme in itertools.product(SIZES, THEMES):
        context = browser.new_context(viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.goto(url)
        page.wait_for_load_state("networkidle")
        visit = Visit(page, url)
        assert visit.axe() == []
        USES[kind](page)
        assert visit.axe() == [] and said == []
        assert visit.overflow() <= 0
        context.close()
