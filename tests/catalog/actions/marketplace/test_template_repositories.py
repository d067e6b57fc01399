"""Bundles that are odd or hostile, and uploads that are far too much."""

import resource
import struct
import subprocess
import time

import pytest

from catalog.actions.marketplace import repositories, template_imports, templates
from catalog.actions.marketplace.template_rows import BadTemplate
from catalog.models import AppTemplate, Repository
from catalog.templating import git, jail, zips
from tests.makers.catalog import NOW
from tests.makers.git_host import IDENTITY
from tests.makers.marketplace import keeper, make_tree

pytestmark = pytest.mark.django_db
LINK, GITLINK = ("120000", "blob"), ("160000", "commit")


def bundle(files, *, odd=(), tag="v1.0.0", annotated=False):
    """A bundle of one commit. `odd` adds an entry (mode, kind, name, content) that no ordinary tool would write."""
    with jail.folder() as folder:
        path = git.make(folder)
        commit = git.commit(path, git.MAIN, files, message="x", author=repositories.author(None, NOW))
        if odd:
            mode, kind, name, content = odd
            blob = git.git(path, "hash-object", "-w", "--stdin", stdin=content).decode().strip()
            listed = git.git(path, "ls-tree", commit).decode()
            entry = f"{mode} {kind} {'1' * 40 if kind == 'commit' else blob}\t{name}\n"
            made = git.git(path, "mktree", "--missing", stdin=(listed + entry).encode()).decode().strip()
            git.commit_tree(path, git.MAIN, made, message="x", author=repositories.author(None, NOW), parents=[commit])
        words = ["tag", "-a", "-m", tag] if annotated else ["tag"]
        subprocess.run([*IDENTITY, "--git-dir", str(path), *words, tag, "main"], check=True, capture_output=True)
        return git.bundle(path)


@pytest.mark.parametrize(
    ("odd", "says"),
    [
        ((*LINK, "link", b"/etc/passwd"), "“link” is a link"),
        ((*GITLINK, "sub", b""), "“sub” is a submodule"),
        (("100644", "blob", ".git", b"[core]\n\tfsmonitor = id"), "belongs to git alone"),
        (("100644", "blob", ".GIT", b"x"), "belongs to git alone"),
        (("100644", "blob", "a\\b", b"x"), "is not a name"),
        (("100644", "blob", "Copier.yml", b"x"), "there twice"),
        (("100644", "blob", "big.bin", b"0" * (6 << 20)), "larger than 5 MB"),
    ],
)
def test_a_hostile_tree_is_refused_and_nothing_is_kept(odd, says):
    with pytest.raises(BadTemplate, match=r"Version 1\.0\.0: ") as refusal:
        template_imports.bring_bundle(bundle(make_tree(), odd=odd), by=keeper(), now=NOW)
    assert says in str(refusal.value)
    assert not AppTemplate.objects.exists() and not Repository.objects.exists()


def test_a_submodule_s_file_alone_is_found_by_the_check():
    made = template_imports.bring_bundle(bundle(make_tree(files={".gitmodules": "[submodule]"})), by=keeper(), now=NOW)
    assert made[0].state == "draft"  # its check says what to do: tests of the lint


def test_a_tag_with_a_message_is_a_version_of_its_commit():
    (version,) = template_imports.bring_bundle(bundle(make_tree(), annotated=True), by=keeper(), now=NOW)
    assert "copier.yml" in repositories.files(version.template.repository, version.commit)


def test_the_number_of_a_discarded_version_is_free_for_another_commit():
    (first,) = template_imports.bring_bundle(bundle(make_tree()), by=keeper(), now=NOW)
    template = first.template
    templates.discard_version(first, by=keeper(), now=NOW)
    content = bundle(make_tree(files={"template/NEWS.md": "Another\n"}))
    (second,) = template_imports.bring_bundle(content, by=keeper(), now=NOW, template=template)
    template.repository.refresh_from_db()
    with repositories.opened(template.repository) as path:
        assert git.refs(path)["refs/tags/v1.0.0"] == second.commit != first.commit
        assert git.read(path, second.commit)["template/NEWS.md"].text == "Another\n"


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "no git bundle"),
        (b"PK\x03\x04", "no git bundle"),
        (b"# v2 git bundle\n\nPACK", "no tag that is a version"),
    ],
)
def test_what_is_no_bundle_or_an_empty_one_is_refused(file, says):
    with pytest.raises(BadTemplate, match=says):
        template_imports.bring_bundle(file, by=keeper(), now=NOW)


def table_of(count: int) -> bytes:
    """A ZIP whose table of contents names `count` files, which are all the same few bytes."""
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    entry = b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 0, 0, 33, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0)
    table = b"".join(entry + b"%04x" % (number & 0xFFFF) for number in range(count))
    end = struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, len(table), len(local), 0)
    return local + table + b"PK\x05\x06" + end


def test_a_zip_of_a_million_files_costs_nothing():
    content = table_of(1_000_000)
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadTemplate, match="more than 5000 files"):
        template_imports.bring_zip(content, number="1.0.0", by=keeper(), now=NOW)
    assert time.monotonic() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


def test_the_same_brought_twice_is_not_two_templates(staff):
    content = zips.write(make_tree(), "leave")
    first = template_imports.bring_zip(content, number="1.0.0", by=keeper(), now=NOW)
    for again in (
        lambda: template_imports.bring_zip(content, number="1.0.0", by=keeper(), now=NOW),
        lambda: template_imports.bring_bundle(bundle(make_tree()), by=keeper(), now=NOW),
    ):
        with pytest.raises(BadTemplate, match="You keep a template called “Leave approval” already"):
            again()
    assert template_imports.bring_zip(content, number="1.0.0", by=staff, now=NOW).template.slug == "leave-approval-2"
    templates.discard_version(first, by=keeper(), now=NOW)
    assert template_imports.bring_zip(content, number="1.0.0", by=keeper(), now=NOW).template != first.template
