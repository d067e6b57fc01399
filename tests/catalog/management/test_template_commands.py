"""Beginning a template at the command line, and looking at it as the portal will."""

import io

import pytest
import yaml
from django.core.management import CommandError, call_command

from catalog.starters.compose import KINDS


def called(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_template_of_each_kind_is_whole_and_has_its_name(tmp_path, kind):
    folder = tmp_path / "mine"
    said = called("template_new", "Store rounds", str(folder), "--kind", kind)
    described = yaml.safe_load((folder / "template.yaml").read_text())
    assert (described["name"], described["kind"], described["release"]["security"]) == ("Store rounds", kind, False)
    assert [line.strip()[:2] for line in said.splitlines()[1:]] == ["1.", "2.", "3."]
    assert f"template_check {folder}" in said and "/templates/new/" in said


def test_it_passes_its_own_check(tmp_path):
    folder = tmp_path / "mine"
    called("template_new", "Store rounds", str(folder))
    said = called("template_check", str(folder))
    assert "defaults: " in said and "tests passed" in said


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "x").write_text("mine")
    with pytest.raises(CommandError, match="is not empty"):
        called("template_new", "Store rounds", str(tmp_path))
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


def refused(folder):
    out = io.StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("template_check", str(folder), stdout=out)
    return out.getvalue(), str(refusal.value)


def test_problems_are_said_with_file_and_line(tmp_path):
    folder = tmp_path / "mine"
    called("template_new", "Store rounds", str(folder))
    (folder / "template" / "x.txt.jinja").write_text("one\n{{ '~'|expanduser }}\n")
    with (folder / "copier.yml").open("a") as file:
        file.write("_tasks: [ls]\n")
    said, end = refused(folder)
    lines = len((folder / "copier.yml").read_text().splitlines())
    assert f"copier.yml:{lines} Tasks run commands" in said and "template/x.txt.jinja:2 The filter" in said
    assert end == "2 to put right."


def test_what_only_rendering_and_its_tests_find(tmp_path):
    folder = tmp_path / "mine"
    called("template_new", "Store rounds", str(folder))
    (folder / "template" / "tests" / "no.test.mjs").write_text("throw new Error('not yet');\n")
    said, end = refused(folder)
    assert "tests failed" in said and "not yet" in said and end.endswith("failed.")
    (folder / "template" / "x.txt.jinja").write_text("{{ nobody_asked }}")
    said, _end = refused(folder)
    assert "uses a word that no question answers" in said


def test_links_and_missing_folders_are_sentences(tmp_path):
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert "is a link" in refused(tmp_path)[1]
