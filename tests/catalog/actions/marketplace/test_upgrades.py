"""Upgrades of clones whose makers changed things: merged, named where both sides differ, and never lost in silence."""

import subprocess
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from catalog.actions.marketplace import campaigns, clones, pushes, repositories, templates, upgrades
from catalog.models import AppTemplate, Campaign, Clone, Repository, Upgrade
from catalog.states import AppState
from catalog.templating import git
from catalog.templating.tree import File
from portal import jobs
from portal.models import Notification
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, STEPS
from tests.makers.marketplace import bring, keeper, make_clone, make_template, publish

pytestmark = pytest.mark.django_db
PAGE = "".join(f"line {number}\n" for number in range(1, 13))
DAY = timedelta(days=1)


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


class TestRefusals:
    def test_backwards_and_to_another_template(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
        upgrades.apply(prepared(clone, new, owner), where="main", by=owner, now=NOW)
        clone.refresh_from_db()
        old = template.versions.get(number="1.0.0")
        with pytest.raises(InvalidTransition, match="forward only"):
            upgrades.begin(clone, old, answers={}, hidden={}, by=owner, now=NOW)
        other = make_template(("2.0.0",), name="Other")
        with pytest.raises(InvalidTransition, match="another template"):
            upgrades.begin(clone, other.latest, answers={}, hidden={}, by=owner, now=NOW)

    def test_a_version_withdrawn_between_look_and_apply(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
        upgrade = prepared(clone, new, owner)
        templates.deprecate_version(new, reason="It leaks.", by=keeper(), now=NOW)
        with pytest.raises(InvalidTransition, match="taken out"):
            upgrades.apply(upgrade, where="main", by=owner, now=NOW)
        clone.refresh_from_db()
        assert clone.version.number == "1.0.0"

    def test_a_deprecated_template_still_brings_its_versions(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
        templates.deprecate(template, reason="Old.", successor=None, by=keeper(), now=NOW)
        upgrades.apply(prepared(clone, new, owner), where="main", by=owner, now=NOW)
        clone.refresh_from_db()
        assert clone.version == new

    def test_an_app_that_moved_on_is_merged_anew(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE + "end\n", "old.txt": PAGE + "old\n"})
        upgrade = prepared(clone, new, owner)
        edit(clone, owner, mine__txt="mine\n")
        upgrade = upgrades.apply(upgrade, where="main", by=owner, now=NOW)
        assert upgrade.state == "preparing" and "end" not in text(clone, "page.txt")
        assert jobs.run(upgrade.job_id)
        upgrade.refresh_from_db()
        upgrades.apply(upgrade, where="main", by=owner, now=NOW)
        assert text(clone, "page.txt").endswith("end\n") and text(clone, "mine.txt") == "mine\n"

    def test_an_archived_app_and_an_outsider(self, template, clone, owner, outsider):
        new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
        with pytest.raises(PermissionDenied):
            upgrades.begin(clone, new, answers={}, hidden={}, by=outsider, now=NOW)
        app = clone.app
        app.refresh_from_db()
        STEPS["archive"](app, NOW)
        with pytest.raises(InvalidTransition, match="archived"):
            upgrades.begin(clone, new, answers={}, hidden={}, by=owner, now=NOW)

    def test_asking_twice_is_asking_once(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
        first = upgrades.begin(clone, new, answers=clone.answers, hidden={}, by=owner, now=NOW)
        assert upgrades.begin(clone, new, answers=clone.answers, hidden={}, by=owner, now=NOW) == first
        other = upgrades.begin(clone, new, answers={"title": "Other words"}, hidden={}, by=owner, now=NOW)
        first.refresh_from_db()
        assert first.state == "discarded" and other.state == "preparing"

    def test_a_job_that_ran_twice_changes_nothing_twice(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
        upgrade = prepared(clone, new, owner)
        revision = Repository.objects.get(pk=clone.repository_id).revision
        related = ("clone__app", "clone__template", "target__template", "by")
        upgrades.prepare(Upgrade.objects.select_related(*related).get(pk=upgrade.pk), now=NOW)
        assert Repository.objects.get(pk=clone.repository_id).revision == revision
        upgrades.apply(upgrade, where="main", by=owner, now=NOW)
        applied = Repository.objects.get(pk=clone.repository_id).revision
        upgrades.apply(upgrade, where="main", by=owner, now=NOW)
        assert Repository.objects.get(pk=clone.repository_id).revision == applied


class TestTelling:
    def notes(self, kind):
        return Notification.objects.filter(kind=kind)

    def test_owners_are_told_once_of_the_newest_and_asked_for_a_fix(self, template, clone, owner, second_owner):
        version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
        assert campaigns.tell_of_versions(now=NOW) == 1 and campaigns.tell_of_versions(now=NOW) == 0
        assert {note.user for note in self.notes("template_newer")} == {owner, second_owner}
        version(template, "1.2.0", security=True, **{"page.txt": PAGE, "old.txt": "y"})
        assert campaigns.tell_of_versions(now=NOW) == 1
        note = self.notes("template_fix").first()
        assert note.asks and note.params["behind"] == 2 and note.params["version"] == "1.2.0"

    def test_an_upgrade_ends_the_asking(self, template, clone, owner):
        new = version(template, "1.1.0", security=True, **{"page.txt": PAGE, "old.txt": "x"})
        campaigns.tell_of_versions(now=NOW)
        upgrades.apply(prepared(clone, new, owner), where="main", by=owner, now=NOW)
        assert not self.notes("template_fix").filter(closed_at=None).exists()

    def test_a_campaign_asks_reminds_and_ends_by_itself(self, template, clone, owner):
        new = version(template, "1.1.0", security=True, **{"page.txt": PAGE, "old.txt": "x"})
        due = NOW.date() + 10 * DAY
        campaign = campaigns.call(template, target=new, reason="A hole.", due_on=due, by=keeper(), now=NOW)
        assert campaign.clones_at_start == 1 and self.notes("template_campaign").count() == 2
        with pytest.raises(InvalidTransition, match="under way"):
            campaigns.call(template, target=new, reason="Again.", due_on=due, by=keeper(), now=NOW)
        for days, expected in ((1, 2), (3, 4), (4, 4), (9, 6), (11, 8), (12, 8)):
            campaigns.attend(now=NOW + days * DAY)
            campaigns.attend(now=NOW + days * DAY)
            assert self.notes("template_campaign").count() == expected, days
        upgrades.apply(prepared(clone, new, owner), where="main", by=owner, now=NOW)
        campaigns.attend(now=NOW + 13 * DAY)
        assert Campaign.objects.get().ended_at is not None
        assert not self.notes("template_campaign").filter(closed_at=None).exists()

    def test_a_campaign_has_a_day_ahead_and_a_keeper(self, template, clone, owner):
        new = version(template, "1.1.0", **{"page.txt": PAGE, "old.txt": "x"})
        with pytest.raises(InvalidTransition, match="not over"):
            campaigns.call(template, target=new, reason="x", due_on=NOW.date() - DAY, by=keeper(), now=NOW)
        with pytest.raises(PermissionDenied):
            campaigns.call(template, target=new, reason="x", due_on=NOW.date(), by=owner, now=NOW)


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
