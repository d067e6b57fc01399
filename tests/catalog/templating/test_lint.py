"""Every refusal of the lint, with file and line; and what must not be refused."""

from pathlib import Path

import pytest

from catalog.templating import lint, tree
from catalog.templating.tree import File
from tests.makers.marketplace import QUESTIONS, make_tree

BACKSTAGE = Path(__file__).parents[4] / "shared" / "data" / "templates" / "backstage-create-react-app"


def found(files=None, **changes):
    return lint.lint(make_tree(files=files, **changes))


def test_a_plain_template_has_nothing_wrong():
    linted = found()
    assert linted.problems == [] and linted.warnings == []
    assert [question["name"] for question in linted.questions] == ["title", "steps", "stand_in"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("_tasks: [ls]", "Tasks run commands"),
        ("_migrations: [{version: 1, before: [ls]}]", "Migrations run commands"),
        ("_jinja_extensions: [a.b]", "Extensions are code"),
        ("_external_data: {a: b.yml}", "outside the template"),
        ("_preserve_symlinks: true", "Links are not kept"),
        ("_answers_file: ../a.yml", "leads outside"),
        ("_answers_file: /etc/a.yml", "leads outside"),
        ('_exclude: ["!.git"]', "bring .git back"),
        ("other: !include x.yml", "!include"),
        ("app: {type: str}", "filled in by the portal"),
        ("bad-name: 1", "cannot be the name"),
        ("kind: {type: date}", "of a type that is not asked"),
        ("many: {type: str, choices: '{{ x }}'}", "are computed"),
        ("deep: {type: str, default: \"{{ ''.__class__ }}\"}", "reaches behind"),
    ],
)
def test_what_copier_yml_may_not_say(line, says):
    linted = found({"copier.yml": QUESTIONS + line + "\n"})
    problem = next(one for one in linted.problems if says in one.sentence)
    assert problem.file == "copier.yml" and problem.line == QUESTIONS.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ '$A'|expandvars }}", "looks at the server"),
        ("{{ '/etc/*'|fileglob }}", "looks at the server"),
        ("{{ '~'|expanduser }}", "looks at the server"),
        ("{{ 'x'|realpath }}", "looks at the server"),
        ("{{ _copier_python }}", "not for templates"),
        ("{{ _copier_conf.src_path }}", "answers_file"),
        ("{{ cycler.__init__ }}", "reaches behind"),
        ("{% include '../x' %}", "leads outside"),
        ("{% include name %}", "computed"),
        ("{% include 'nowhere.txt' %}", "not there"),
        ("{% for a in range(n) %}{% endfor %}", "range()"),
        ("{% for a in range(2000) %}{% endfor %}", "range()"),
        ("{% for a in x %}{% for b in a %}{% for c in b %}{% endfor %}{% endfor %}{% endfor %}", "nested deeper"),
        ("{% for a in x recursive %}{{ loop(a) }}{% endfor %}", "calls itself"),
        ("{% macro m() %}{{ m() }}{% endmacro %}", "calls itself"),
        ("{{ 'a' * 3 }}", "fill the memory"),
        ("{{ 9 ** 9 }}", "fill the memory"),
        ("{% if %}", "mistake"),
    ],
)
def test_what_jinja_may_not_say(text, says):
    linted = found({"template/x.txt.jinja": f"first\n{text}\n"})
    problem = next(one for one in linted.problems if says in one.sentence)
    assert problem.file in ("template/x.txt.jinja", "nowhere.txt") and problem.line in (2, 0)


@pytest.mark.parametrize(
    "text",
    [
        "{{ _copier_conf.answers_file }}",
        "{% for line in title.split(',')|map('trim')|select %}{{ line|e }}{% endfor %}",
        "{% for n in range(10) %}{{ n }}{% endfor %}",
        "{% for a in x %}{% for b in a %}{{ b }}{% endfor %}{% endfor %}",
        "{{ steps * 2 }} {{ title|tojson }} {{ now }}",
        "{% include 'parts/head.html' %}",
        "{% raw %}${{ github.ref }}{% endraw %}",
    ],
)
def test_what_is_not_refused(text):
    assert found({"template/x.txt.jinja": text, "parts/head.html": "<p>"}).problems == []


def test_a_file_that_is_included_is_read_too():
    linted = found(
        {"template/x.txt.jinja": "{% include 'parts/head.html' %}", "parts/head.html": "{{ 'a'|expandvars }}"}
    )
    assert [problem.file for problem in linted.problems] == ["parts/head.html"]


@pytest.mark.parametrize("name", ["template/{{ '$A'|expandvars }}.txt", "template/{{ 'a' * 9 }}"])
def test_names_of_files_are_read_too(name):
    assert found({name: "x"}).problems


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": "game"}, "is one of: dashboard"),
        ({"summary": "x" * 91}, "at most 90"),
        ({"touches": {}}, "data_classification” is missing"),
        ({"colour": "red"}, "no field “colour”"),
        ({"pictures": [{"file": "pictures/no.svg", "text": "x"}]}, "is not there"),
        ({"examples": [{"name": "A", "answers": {"nobody": 1}}]}, "which is no question"),
    ],
)
def test_what_template_yaml_may_not_say(changes, says):
    assert any(says in problem.sentence for problem in found(**changes).problems)


def test_submodules_and_missing_files():
    assert any(problem.file == ".gitmodules" for problem in found({".gitmodules": "x"}).problems)
    assert any("no copier.yml" in problem.sentence for problem in found(without=("copier.yml",)).problems)


def test_a_yaml_bomb_ends_at_once():
    bomb = "a: &a [x]\n" + "".join(
        f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, {'*a,' * 20}]\n" for n in range(30)
    )
    assert found({"copier.yml": bomb}).problems


def test_foreign_templates_are_told_how_to_convert():
    backstage = {"template.yaml": File(b"apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\n")}
    assert "Backstage" in lint.lint(backstage).problems[0].sentence
    assert "Cookiecutter" in lint.lint({"cookiecutter.json": File(b"{}")}).problems[0].sentence


@pytest.mark.skipif(not BACKSTAGE.exists(), reason="the folder of foreign data is not beside the project")
def test_a_real_backstage_template_is_told_how_to_convert():
    problem = lint.lint(tree.read(BACKSTAGE)).problems[0]
    assert "Backstage" in problem.sentence and (problem.file, problem.line) == ("template.yaml", 1)
