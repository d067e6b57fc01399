"""Bringing templates: ZIPs and bundles, good and hostile; publishing; and the versions' states."""

import io
import stat
import subprocess
import time
import zipfile

import pytest
from django.core.exceptions import PermissionDenied

from approvals.actions.decisions import decide
from catalog.actions.marketplace import publications, template_imports, templates
from catalog.actions.marketplace.template_rows import BadTemplate
from catalog.badge_gate import BadgeNeeded
from catalog.models import AppTemplate, TemplateVersion
from catalog.template_states import TRANSITIONS, VersionState
from catalog.templating import jail, tree
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, decide_for
from tests.makers.marketplace import bring, check, keeper, make_template, make_tree, publish

pytestmark = pytest.mark.django_db


def packed(files, **odd):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, file in files.items():
            archive.writestr(path, file.content)
        for path, (content, mode) in odd.items():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = mode << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def test_a_zip_with_a_folder_around_it_is_a_first_version():
    files = {f"leave-1.0/{path}": file for path, file in make_tree().items()}
    version = template_imports.bring_zip(packed(files), number="1.0.0", by=keeper(), now=NOW)
    assert (version.template.name, version.number, version.state) == ("Leave approval", "1.0.0", "draft")


@pytest.mark.parametrize(
    ("odd", "says"),
    [
        ({"../x": ("x", stat.S_IFREG)}, "leads outside"),
        ({"/etc/x": ("x", stat.S_IFREG)}, "leads outside"),
        ({"link": ("/etc/passwd", stat.S_IFLNK | 0o777)}, "link"),
        ({"device": ("", stat.S_IFCHR | 0o600)}, "link"),
        ({".git/config": ("[core]", stat.S_IFREG)}, ".git"),
        ({"a/.GIT/x": ("x", stat.S_IFREG)}, ".git"),
        ({"Template.yaml": ("x", stat.S_IFREG)}, "twice"),
        ({"big": ("0" * 100_000_000, stat.S_IFREG)}, "too large"),
    ],
)
def test_a_hostile_zip_is_refused_within_bounds(odd, says):
    began = time.monotonic()
    with pytest.raises(BadTemplate, match=says.replace(".", r"\.")):
        template_imports.bring_zip(packed(make_tree(), **odd), number="1.0.0", by=keeper(), now=NOW)
    assert time.monotonic() - began < 20 and not AppTemplate.objects.exists()


def test_a_million_entries_and_no_zip_at_all():
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(6_000):
            archive.writestr(f"{number}", b"")
    for content in (many.getvalue(), b"PK\x03\x04 no", b""):
        with pytest.raises(BadTemplate):
            template_imports.bring_zip(content, number="1.0.0", by=keeper(), now=NOW)


def bundle(*numbers, move=None):
    """A git bundle with one tag for each version; `move` points that tag elsewhere."""
    with jail.folder() as folder:
        run = lambda *words: subprocess.run(  # noqa: E731
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *words],
            cwd=folder / "w",
            check=True,
            capture_output=True,
        )
        (folder / "w").mkdir()
        run("init", "-q", "-b", "main")
        for number in numbers:
            tree.write(make_tree(files={"template/NEWS.md": f"{number} {move}\n"}), folder / "w")
            run("add", "-A")
            run("commit", "-q", "-m", number)
            run("tag", f"v{number}")
        return run("bundle", "create", "-q", "-", "--all").stdout


def test_every_tag_of_a_bundle_is_a_version_and_a_second_one_brings_the_new_ones():
    made = template_imports.bring_bundle(bundle("1.0.0", "1.10.0", "1.9.0"), by=keeper(), now=NOW)
    assert [version.number for version in made] == ["1.0.0", "1.9.0", "1.10.0"]
    template = made[0].template
    with pytest.raises(BadTemplate, match="points elsewhere"):
        template_imports.bring_bundle(bundle("1.0.0", move="x"), by=keeper(), now=NOW, template=template)
    with pytest.raises(BadTemplate, match="no git bundle"):
        template_imports.bring_bundle(b"PK", by=keeper(), now=NOW)
    with pytest.raises(BadTemplate, match="no tag"):
        template_imports.bring_bundle(bundle("0"), by=keeper(), now=NOW)


def test_a_number_is_taken_once():
    template = make_template(("1.0.0",))
    with pytest.raises(BadTemplate, match="never change"):
        bring("1.0.0", template=template)
    with pytest.raises(BadTemplate, match="no version"):
        bring("one", template=template)


def test_only_who_keeps_it_and_staff_bring_versions(outsider):
    template = make_template(("1.0.0",))
    with pytest.raises(PermissionDenied):
        bring("1.1.0", template=template, by=outsider)
    with pytest.raises(PermissionDenied, match="badge|C4E"):
        bring("1.0.0", by=outsider)


class TestPublishing:
    def test_a_version_with_problems_is_not_sent(self):
        version = check(bring(files={"template/x.jinja": "{{ 'a'|expandvars }}"}))
        assert version.state == "draft" and version.problems[0]["file"] == "template/x.jinja"
        with pytest.raises(InvalidTransition):
            publications.submit(version, by=keeper(), now=NOW, tests_waived="x")

    def test_an_example_that_fails_is_a_problem(self):
        version = check(bring(examples=[{"name": "Short", "answers": {"title": "ab"}}]))
        assert "With “Short”" in version.problems[0]["sentence"]

    def test_the_gate_is_read_at_submit_and_at_decide(self, staff):
        version = check(bring())
        version.template.owner = staff
        version.template.save()
        with pytest.raises(BadgeNeeded, match="Builder"):
            publications.submit(version, by=staff, now=NOW, tests_waived="x")
        version.template.owner = keeper()
        version.template.save()
        request = publications.submit(version, by=keeper(), now=NOW, tests_waived="x")
        keeper().awards.update(state="revoked")
        with pytest.raises(BadgeNeeded):
            decide_for(request, NOW)
        version.refresh_from_db()
        assert version.state == "in_review"

    def test_nobody_decides_on_their_own_and_a_send_back_is_sent_again(self, reviewer):
        version = check(bring())
        request = publications.submit(version, by=keeper(), now=NOW, tests_waived="x")
        with pytest.raises(PermissionDenied):
            decide(request, outcome="approved", by=keeper(), now=NOW)
        decide(request, outcome="returned", reason="Add a licence.", by=reviewer, now=NOW)
        version.refresh_from_db()
        assert version.state == "checked"
        again = publications.submit(version, by=keeper(), now=NOW, tests_waived="x")
        assert again.pk == request.pk and again.revision == 2

    def test_what_is_published_shows_and_what_is_taken_out_falls_back(self):
        template = make_template()
        assert template.latest.number == "1.1.0"
        templates.deprecate_version(template.latest, reason="It leaks.", by=keeper(), now=NOW)
        template.refresh_from_db()
        assert template.latest.number == "1.0.0"
        other = make_template(("1.0.0",), name="Other")
        templates.deprecate(template, reason="Old.", successor=other, by=keeper(), now=NOW)
        assert list(AppTemplate.objects.published()) == [other]
        templates.revive(template, by=keeper(), now=NOW)
        assert AppTemplate.objects.published().count() == 2


ACTS = {
    "check": lambda v: check(v),
    "submit": lambda v: publications.submit(v, by=keeper(), now=NOW, tests_waived="x"),
    "withdraw": lambda v: publications.withdraw(v, by=keeper(), now=NOW),
    "discard": lambda v: templates.discard_version(v, by=keeper(), now=NOW),
    "deprecate": lambda v: templates.deprecate_version(v, reason="x", by=keeper(), now=NOW),
}
S = VersionState
LEADS = {
    "check": {S.DRAFT: S.CHECKED, S.CHECKED: S.CHECKED},
    "submit": {S.CHECKED: S.IN_REVIEW},
    "withdraw": {S.IN_REVIEW: S.CHECKED},
    "discard": {S.DRAFT: S.DISCARDED, S.CHECKED: S.DISCARDED},
    "deprecate": {S.PUBLISHED: S.DEPRECATED},
}


def in_state(state):
    version = bring()
    if state in (S.CHECKED, S.IN_REVIEW):
        version = check(version)
    if state == S.IN_REVIEW:
        ACTS["submit"](version)
    if state in (S.PUBLISHED, S.DEPRECATED):
        version = publish(version)
    if state == S.DEPRECATED:
        ACTS["deprecate"](version)
    if state == S.DISCARDED:
        ACTS["discard"](version)
    return TemplateVersion.objects.select_related("template__repository").get(pk=version.pk)


@pytest.mark.parametrize("state", list(VersionState))
def test_every_state_by_every_act(state):
    assert set(TRANSITIONS) == set(VersionState)
    for act, run in ACTS.items():
        version = in_state(state)
        target = LEADS[act].get(state)
        if target is None:
            with pytest.raises(InvalidTransition):
                run(version)
        else:
            run(version)
        version.refresh_from_db()
        assert version.state == (target or state), act
