"""Upgrades of clones whose makers changed things: merged, named where both sides differ, and never lost in silence."""

import subprocess

import pytest

from catalog.actions.marketplace import clones, pushes, repositories, upgrades
from catalog.models import AppTemplate, Clone, Repository, Upgrade
from catalog.states import AppState
from catalog.templating import git
from catalog.templating.tree import File
from portal import jobs
from portal.models import Job
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, STEPS
from tests.makers.marketplace import bring, make_clone, make_template, publish

pytestmark = pytest.mark.django_db
PAGE = "".join(f"line {number}\n" for number in range(1, 13))


def version(template, number, *, security=False, without=(), **files):
    texts = {f"template/{path.replace('__', '/')}": text for path, text in files.items()}
    release = {"security": security, "notes": f"- News of {number}."}
    return publish(bring(number, template=template, files=texts, release=release, without=without))


@pytest.fixture
def template():
    return make_template(("1.0.0",), files={"template/page.txt": PAGE, "template/old.txt": PAGE + "old\n"})


@pytest.fixture
def clone(template, owner, second_owner):
    return make_clone(template, owner=owner, state=AppState.ACTIVE)


def files_of(clone, revision=git.MAIN):
    return dict(repositories.files(repositories.by_number(clone.repository_id), revision))


def edit(clone, owner, **changes):
    """The maker changes files and pushes; None removes one."""
    tree = files_of(clone)
    for path, text in changes.items():
        name = path.replace("__", ".")
        if text is None:
            del tree[name]
        else:
            tree[name] = File(text.encode() if isinstance(text, str) else text)
    pushes.take(clone, pushes.upload(clone, tree, by=owner, now=NOW), by=owner, now=NOW)


def prepared(clone, target, owner, **answers):
    clone = Clone.objects.select_related("app", "version", "template").get(pk=clone.pk)
    upgrade = upgrades.begin(clone, target, answers={**clone.answers, **answers}, hidden={}, by=owner, now=NOW)
    assert jobs.run(upgrade.job_id)
    upgrade.refresh_from_db()
    assert upgrade.state == "ready", upgrade.job.error
    return Upgrade.objects.select_related("clone__app", "target").get(pk=upgrade.pk)


def text(clone, path, revision=git.MAIN):
    return files_of(clone, revision)[path].text


def test_a_preparation_that_was_cancelled_is_over_and_can_be_asked_for_again(clone, template, owner):
    new = publish(bring("1.1.0", template=template))
    upgrade = upgrades.begin(clone, new, answers=clone.answers, hidden={}, by=owner, now=NOW)
    Job.objects.filter(pk=upgrade.job_id).update(cancel_requested_at=NOW)
    jobs.drain()
    upgrade.refresh_from_db()
    assert (upgrade.state, upgrade.error) == ("failed", "It was cancelled.")
    assert prepared(clone, new, owner).pk != upgrade.pk


class TestMerges:
    def test_a_clean_one_keeps_both_sides(self, template, clone, owner):
        new = version(
            template,
            "1.1.0",
            page__txt="x",
            **{"page.txt": PAGE.replace("line 11", "LINE 11"), "old.txt": PAGE + "old\n"},
        )
        edit(clone, owner, page__txt=PAGE.replace("line 2\n", "LINE 2\n"), mine__txt="mine\n")
        upgrade = prepared(clone, new, owner)
        assert upgrade.found["conflicts"] == []
        assert "LINE 11" not in text(clone, "page.txt"), "nothing is applied before it is looked at"
        upgrades.apply(upgrade, where="main", by=owner, now=NOW)
        merged = text(clone, "page.txt")
        assert "LINE 11" in merged and "LINE 2\n" in merged and text(clone, "mine.txt") == "mine\n"
        clone.refresh_from_db()
        assert clone.version == new and "v1.1.0" in text(clone, ".copier-answers.yml")

    def test_the_same_lines_are_a_conflict_that_goes_to_a_branch(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE.replace("line 5", "theirs"), "old.txt": PAGE + "old\n"})
        edit(clone, owner, page__txt=PAGE.replace("line 5", "mine"))
        upgrade = prepared(clone, new, owner)
        assert [(one["path"], one["kind"]) for one in upgrade.found["conflicts"]] == [("page.txt", "contents")]
        with pytest.raises(InvalidTransition, match="decide on first"):
            upgrades.apply(upgrade, where="main", by=owner, now=NOW)
        upgrade = upgrades.apply(upgrade, where="branch", by=owner, now=NOW)
        marked = text(clone, "page.txt", "refs/heads/upgrade-1.1.0")
        assert "<<<<<<< your-app" in marked and ">>>>>>> template-1.1.0" in marked
        clone.refresh_from_db()
        assert clone.version.number == "1.0.0" and "mine" in text(clone, "page.txt")

    def test_the_lineage_follows_when_the_branch_is_merged(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE.replace("line 5", "theirs"), "old.txt": PAGE + "old\n"})
        edit(clone, owner, page__txt=PAGE.replace("line 5", "mine"))
        upgrade = upgrades.apply(prepared(clone, new, owner), where="branch", by=owner, now=NOW)
        repository = Repository.objects.get(pk=clone.repository_id)

        def serve(path):
            settled = git.read(path, "refs/heads/upgrade-1.1.0")
            settled["page.txt"] = File(PAGE.replace("line 5", "both").encode())
            git.commit(
                path, git.MAIN, settled, message="Settled", author=repositories.author(owner, NOW),
                parents=[repository.head, upgrade.merged],
            )  # fmt: skip
            return

        pushes.receive(Clone.objects.select_related("app", "version").get(pk=clone.pk), serve, by=owner, now=NOW)
        clone.refresh_from_db()
        assert clone.version == new and text(clone, "page.txt") == PAGE.replace("line 5", "both")
        later = version(template, "1.2.0", **{"page.txt": PAGE.replace("line 5", "theirs") + "end\n", "old.txt": "x"})
        again = prepared(clone, later, owner)
        assert [one["path"] for one in again.found["conflicts"]] == [], "what was settled is not asked again"

    def test_an_edit_in_a_file_that_the_template_removes_is_kept_and_named(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE})
        edit(clone, owner, old__txt=PAGE + "mine\n")
        upgrade = prepared(clone, new, owner)
        (found,) = upgrade.found["conflicts"]
        assert (found["path"], found["kind"]) == ("old.txt", "lost") and "removes this file" in found["sentence"]
        upgrades.apply(upgrade, where="branch", by=owner, now=NOW)
        assert "mine" in text(clone, "old.txt", "refs/heads/upgrade-1.1.0")

    def test_an_edit_follows_a_file_that_the_template_renames(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE, "new.txt": PAGE + "old\n"})
        edit(clone, owner, old__txt=PAGE.replace("line 2\n", "mine\n") + "old\n")
        upgrade = prepared(clone, new, owner)
        assert upgrade.found["conflicts"] == []
        upgrades.apply(upgrade, where="main", by=owner, now=NOW)
        assert "mine\n" in text(clone, "new.txt") and "old.txt" not in files_of(clone)

    def test_what_the_maker_removed_stays_removed(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE + "end\n", "old.txt": PAGE + "old\n"})
        edit(clone, owner, old__txt=None)
        upgrades.apply(prepared(clone, new, owner), where="main", by=owner, now=NOW)
        assert "old.txt" not in files_of(clone) and text(clone, "page.txt").endswith("end\n")

    def test_both_added_the_same_file(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": PAGE + "old\n", "SECURITY.md": "theirs\n"})
        edit(clone, owner, **{"SECURITY__md": "mine\n"})
        (found,) = prepared(clone, new, owner).found["conflicts"]
        assert found["path"] == "SECURITY.md"

    def test_the_patch_applies_with_git_itself(self, client, template, clone, owner, tmp_path):
        new = version(template, "1.1.0", **{"page.txt": PAGE + "end\n", "old.txt": PAGE + "old\n"})
        edit(clone, owner, page__txt=PAGE.replace("line 2\n", "mine\n"))
        upgrade = prepared(clone, new, owner)
        client.force_login(owner)
        patch = client.get(f"/upgrades/{upgrade.pk}/patch/").content
        for path, file in files_of(clone).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(file.content)
        subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
        subprocess.run(["git", "apply", "-"], cwd=tmp_path, check=True, input=patch)
        assert (tmp_path / "page.txt").read_text() == PAGE.replace("line 2\n", "mine\n") + "end\n"

    def test_a_changed_contract_arrives_with_it(self, template, clone, owner):
        app = clone.app
        app.refresh_from_db()
        app.purpose = "Another purpose altogether."
        app.save()
        new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": PAGE + "old\n"})
        upgrades.apply(prepared(clone, new, owner), where="main", by=owner, now=NOW)
        assert "Another purpose altogether." in text(clone, "microapp.yaml")

    def test_other_answers_on_the_same_version(self, template, clone, owner):
        upgrade = prepared(clone, clone.version, owner, title="Holidays")
        upgrades.apply(upgrade, where="main", by=owner, now=NOW)
        clone.refresh_from_db()
        assert "<h1>Holidays</h1>" in text(clone, "index.html") and clone.answers["title"] == "Holidays"


def test_the_number_of_live_clones_follows_the_apps(template, clone, owner):
    live = lambda: AppTemplate.objects.with_figures().get(pk=template.pk).live_clones  # noqa: E731
    assert live() == 1
    app = clone.app
    app.refresh_from_db()
    STEPS["archive"](app, NOW)
    assert live() == 0


def test_forty_names_that_are_the_same_get_forty_addresses(template, owner, second_owner):
    made = [make_clone(template, owner=owner, name="Same name") for _number in range(3)]
    assert len({one.app.slug for one in made}) == 3
    for one in made:
        assert clones.repository_address(one.app.slug) in text(one, "microapp.yaml")
