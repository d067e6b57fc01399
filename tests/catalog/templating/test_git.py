import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.templating import differences, git, jail
from catalog.templating.tree import BadTree, File
from tests.makers.catalog import NOW

ANN = git.Author("Ann <x>\n", "ann @example.org", NOW)
LINES = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n"


@pytest.fixture
def folder():
    with jail.folder() as path:
        yield path


def tree(**files: str | bytes) -> dict[str, File]:
    pairs = ((name.replace("__", "/"), text) for name, text in files.items())
    return {path: File(text.encode() if isinstance(text, str) else text) for path, text in pairs}


def commit(repository: Path, ref: str, files: dict[str, File], *parents: str) -> str:
    return git.commit(repository, ref, files, message="A change", author=ANN, parents=parents)


def test_what_is_committed_is_read_back_byte_for_byte(folder):
    files = {
        "a b.txt": File(b"x\r\n"),
        "n\xe4me/\u4e2d.bin": File(bytes(range(256))),
        "run.sh": File(b"#!/bin/sh\n", executable=True),
        'quo"te': File(b""),
    }
    repository = git.make(folder)
    head = commit(repository, git.MAIN, files)
    assert git.read(repository, head) == files and git.head(repository) == head
    restored = git.unbundle(folder, git.bundle(repository), "again.git")
    assert git.read(restored, git.MAIN) == files and git.refs(restored) == git.refs(repository)


def test_a_name_cannot_break_out_of_the_commit_s_head(folder):
    repository = git.make(folder)
    head = commit(repository, git.MAIN, tree(a="x"))
    shown = git.git(repository, "cat-file", "commit", head).decode()
    assert "author Ann x <ann@example.org> " in shown


def test_a_merge_keeps_both_sides(folder):
    repository = git.make(folder)
    base = commit(repository, git.TEMPLATE, tree(page=LINES))
    ours = commit(repository, git.MAIN, tree(page=LINES.replace("two", "TWO"), mine="m"), base)
    theirs = commit(repository, git.TEMPLATE, tree(page=LINES.replace("nine", "NINE")), base)
    found = git.merge(repository, ours, theirs)
    assert not found.conflicts
    merged = git.read(repository, found.tree)
    assert merged["page"].text == LINES.replace("two", "TWO").replace("nine", "NINE") and "mine" in merged


@pytest.mark.parametrize(
    ("ours", "theirs", "conflicts"),
    [
        (tree(page="mine\n"), tree(page="theirs\n"), {"page": "contents"}),
        (tree(page=LINES + "mine\n", gone="edited\n"), tree(page=LINES), {"gone": "modify/delete"}),
        (tree(page=LINES, gone="g\n", new="mine"), tree(page=LINES, gone="g\n", new="theirs"), {"new": "contents"}),
        (
            tree(page=LINES, gone="g\n", pic=b"\x00\x01"),
            tree(page=LINES, gone="g\n", pic=b"\x00\x02"),
            {"pic": "contents"},
        ),
    ],
)
def test_every_conflict_is_named(folder, ours, theirs, conflicts):
    repository = git.make(folder)
    base = commit(repository, git.TEMPLATE, tree(page=LINES, gone="g\n"))
    mine, new = commit(repository, git.MAIN, ours, base), commit(repository, git.TEMPLATE, theirs, base)
    found = git.merge(repository, mine, new)
    assert found.conflicts == conflicts


def test_an_edit_follows_a_renamed_file(folder):
    repository = git.make(folder)
    base = commit(repository, git.TEMPLATE, tree(old=LINES))
    ours = commit(repository, git.MAIN, tree(old=LINES.replace("two", "TWO")), base)
    theirs = commit(repository, git.TEMPLATE, tree(new=LINES.replace("nine", "NINE")), base)
    found = git.merge(repository, ours, theirs)
    merged = git.read(repository, found.tree)
    assert (
        not found.conflicts and list(merged) == ["new"] and "TWO" in merged["new"].text and "NINE" in merged["new"].text
    )
    assert differences.changes(repository, ours, found.tree) == [differences.Change("R", "new", "old")]


def test_the_difference_applies_with_git_itself(folder):
    repository = git.make(folder)
    base = commit(repository, git.MAIN, tree(page=LINES, pic=b"\x00\x01"))
    after = commit(repository, git.MAIN, tree(moved=LINES.replace("two", "TWO"), pic=b"\x00\x02"), base)
    patch = differences.diff(repository, base, after)
    work = folder / "work"
    subprocess.run(["git", "clone", "-q", str(repository), str(work)], check=True)
    subprocess.run(["git", "checkout", "-q", base], cwd=work, check=True)
    subprocess.run(["git", "apply", "-"], cwd=work, check=True, input=patch.encode())
    assert (work / "moved").read_text() == LINES.replace("two", "TWO") and (work / "pic").read_bytes() == b"\x00\x02"


def test_links_and_submodules_have_no_content_and_are_refused(folder):
    work = folder / "work"
    subprocess.run(["git", "init", "-q", "-b", "main", str(work)], check=True)
    (work / "link").symlink_to("/etc/passwd")
    call = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    subprocess.run([*call, "add", "-A"], cwd=work, check=True)
    subprocess.run([*call, "commit", "-q", "-m", "x"], cwd=work, check=True)
    content = subprocess.run(
        ["git", "bundle", "create", "-q", "-", "--all"], cwd=work, check=True, capture_output=True
    ).stdout
    with pytest.raises(BadTree, match="“link” is a link"):
        git.read(git.unbundle(folder, content), git.MAIN)


def test_what_is_no_bundle_is_refused(folder):
    with pytest.raises(git.GitError):
        git.unbundle(folder, b"PK\x03\x04 not a bundle")


@given(
    ours=st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=6),
    theirs=st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=6),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_merge_is_what_git_makes_of_it_in_a_work_tree(ours, theirs):
    texts = ["".join(f"{line}\n{'-' * 8}\n" for line in lines) for lines in (["a", "b"], ours, theirs)]
    with jail.folder() as folder:
        repository = git.make(folder)
        base = commit(repository, git.TEMPLATE, tree(page=texts[0]))
        mine = commit(repository, git.MAIN, tree(page=texts[1]), base)
        new = commit(repository, git.TEMPLATE, tree(page=texts[2]), base)
        found = git.merge(repository, mine, new)
        work = folder / "work"
        subprocess.run(["git", "clone", "-q", str(repository), str(work)], check=True)
        subprocess.run(["git", "fetch", "-q", "origin", git.TEMPLATE], cwd=work, check=True)
        call = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "merge", "-q", "--no-edit", new]
        clean = subprocess.run(call, cwd=work, capture_output=True, check=False).returncode == 0
        assert clean == (not found.conflicts)
        if clean:
            assert (work / "page").read_text() == git.read(repository, found.tree)["page"].text
