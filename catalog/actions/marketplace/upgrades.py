"""Bringing an app to a newer version of its template: computed and shown first, then applied to main or to a branch."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.actions.marketplace import clones, lineage, pushes, repositories, secrets
from catalog.actions.marketplace.template_checks import origin_of
from catalog.exports import contract_of
from catalog.models import Clone, MicroApp, Repository, TemplateVersion, Upgrade
from catalog.models.marketplace.upgrade import UpgradeState
from catalog.permissions_marketplace import denial_to_use_repository
from catalog.template_states import VersionState
from catalog.templating import git, questions, render, upgrading
from portal.jobs import enqueue
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

OPEN = (UpgradeState.PREPARING, UpgradeState.READY)
MAIN, BRANCH = "main", "branch"
Step = Callable[[str], None]


@transaction.atomic
def begin(
    clone: Clone,
    target: TemplateVersion,
    *,
    answers: Mapping[str, Any],
    hidden: Mapping[str, Any],
    by: User,
    now: datetime,
) -> Upgrade:
    """Have the merge computed. One is open for a clone at a time: asking for the same again gives it back."""
    clone = lock(clone)
    allow(denial_to_use_repository(by, clone.app))
    pushes.refuse_unless_standing(clone)
    refuse_unless_reachable(clone, target)
    standing = Upgrade.objects.filter(clone=clone, state__in=OPEN).first()
    if standing is not None:
        if standing.target_id == target.pk and standing.answers == clones.public(target, answers):
            return standing
        end(standing, UpgradeState.DISCARDED)
    upgrade = Upgrade.objects.create(
        clone=clone,
        source=clone.version,
        target=target,
        answers=clones.public(target, answers),
        secrets=secrets.seal(dict(hidden)),
        by=by,
        at=now,
    )
    ask(upgrade, by=by)
    return upgrade


def ask(upgrade: Upgrade, *, by: User) -> None:
    upgrade.job = enqueue(
        "catalog.prepare_upgrade",
        by=by,
        title=_("See what %(version)s changes in %(app)s") % {"version": upgrade.target, "app": upgrade.clone.app},
        result_url=upgrade.get_absolute_url(),
        upgrade_id=upgrade.pk,
    )
    upgrade.save(update_fields=["job"])


def refuse_unless_reachable(clone: Clone, target: TemplateVersion) -> None:
    """Raises InvalidTransition with a sentence for every version that this clone cannot go to."""
    if target.template_id != clone.template_id:
        raise InvalidTransition(_("This version is of another template."))
    if target.rank < clone.version.rank:
        said = _(
            "%(app)s stands on %(now)s already, and upgrades go forward only. To go back, revert the upgrade's commit in "
            "git, or upload the app as it was."
        )
        raise InvalidTransition(said % {"app": clone.app.name, "now": clone.version.number})
    if target.pk != clone.version_id and target.state != VersionState.PUBLISHED:
        raise InvalidTransition(_("Version %(number)s was taken out of the marketplace.") % {"number": target.number})


def prepare(upgrade: Upgrade, *, now: datetime, step: Step = lambda text: None) -> Upgrade:
    """Render, merge, and keep the result beside the app. May be repeated at any point. Raises RenderError."""
    if upgrade.state != UpgradeState.PREPARING:
        return upgrade
    clone, target = upgrade.clone, upgrade.target
    app = MicroApp.objects.select_related("owner", "second_owner", "business_unit", "cost_centre").get(pk=clone.app_id)
    step(_("Rendering the new version"))
    assert clone.template.repository_id is not None
    tree = repositories.files(repositories.by_number(clone.template.repository_id), target.commit)
    words = clones.words_of(contract_of(app), app.slug)
    answers = {**upgrade.answers, **secrets.unseal(upgrade.secrets), questions.RESERVED: words}
    files = render.render(tree, answers, origin=origin_of(target))
    step(_("Merging it with your app"))
    return merge(upgrade, files, now=now)


@transaction.atomic
def merge(upgrade: Upgrade, files: Mapping[str, Any], *, now: datetime) -> Upgrade:
    repository = Repository.objects.select_for_update().get(pk=upgrade.clone.repository_id)
    upgrade = (
        Upgrade.objects.select_for_update(of=("self",)).select_related("clone__app", "target", "by").get(pk=upgrade.pk)
    )
    if upgrade.state != UpgradeState.PREPARING:
        return upgrade
    with repositories.unpacked(repository) as path:
        author = repositories.author(upgrade.by, now)
        found = upgrading.plan(
            path,
            files,
            before=upgrade.clone.base,
            number=upgrade.target.number,
            message=_("Upgrade to %(version)s") % {"version": upgrade.target},
            author=author,
        )
        upgrade.head = git.head(path)
        repositories.put(repository, path, now=now)
    upgrade.base, upgrade.merged, upgrade.found = found.base, found.merged, found.as_json()
    upgrade.state, upgrade.error = UpgradeState.READY, ""
    upgrade.save(update_fields=["base", "merged", "found", "head", "state", "error"])
    return upgrade


def fail(pk: int, *, why: str) -> None:
    found = Upgrade.objects.filter(pk=pk, state=UpgradeState.PREPARING)
    found.update(state=UpgradeState.FAILED, error=why[:500], secrets="")


@transaction.atomic
def apply(upgrade: Upgrade, *, where: str, by: User, now: datetime) -> Upgrade:
    """To main, when there is nothing to decide; else to a branch. When the app moved on meanwhile the merge is computed anew,
    and the upgrade is being prepared again."""
    clone = lock(upgrade.clone)
    allow(denial_to_use_repository(by, clone.app))
    pushes.refuse_unless_standing(clone)
    repository = Repository.objects.select_for_update().get(pk=clone.repository_id)
    upgrade = Upgrade.objects.select_for_update(of=("self",)).select_related("target", "clone__app").get(pk=upgrade.pk)
    if upgrade.state == UpgradeState.APPLIED:
        return upgrade
    if upgrade.state != UpgradeState.READY:
        raise InvalidTransition(_("This upgrade is %(state)s.") % {"state": upgrade.get_state_display().lower()})
    refuse_unless_reachable(clone, upgrade.target)
    if repository.head != upgrade.head:
        upgrade.state = UpgradeState.PREPARING
        upgrade.save(update_fields=["state"])
        ask(upgrade, by=by)
        return upgrade
    if where == MAIN and upgrade.found["conflicts"]:
        raise InvalidTransition(_("There are files to decide on first. Apply it to a branch, and settle them there."))
    upgrade.branch = "main" if where == MAIN else f"upgrade-{upgrade.target.number}"
    with repositories.unpacked(repository) as path:
        git.point(path, f"refs/heads/{upgrade.branch}", upgrade.merged)
        upgrading.forget(path)
        upgrade.state, upgrade.applied_at, upgrade.secrets = UpgradeState.APPLIED, now, ""
        upgrade.save(update_fields=["state", "applied_at", "branch", "secrets"])
        lineage.settle(clone, path, by=by, now=now)
        repositories.put(repository, path, now=now)
    return upgrade


@transaction.atomic
def discard(upgrade: Upgrade, *, by: User, now: datetime) -> None:
    clone = lock(upgrade.clone)
    allow(denial_to_use_repository(by, clone.app))
    upgrade = Upgrade.objects.select_for_update(of=("self",)).get(pk=upgrade.pk)
    if upgrade.state in (*OPEN, UpgradeState.FAILED):
        end(upgrade, UpgradeState.DISCARDED)


def end(upgrade: Upgrade, state: UpgradeState) -> None:
    upgrade.state, upgrade.secrets = state, ""
    upgrade.save(update_fields=["state", "secrets"])


def lock(clone: Clone) -> Clone:
    found = Clone.objects.select_for_update(of=("self",)).select_related(
        "app__owner", "app__second_owner", "version", "template"
    )
    return found.get(pk=clone.pk)
