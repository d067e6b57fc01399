"""What arrives from makers: by git, or as a ZIP for those without it. Written under a lock, one after the other."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.actions.marketplace import lineage, repositories
from catalog.models import Clone, Repository
from catalog.permissions_marketplace import denial_to_use_repository
from catalog.states import AppState
from catalog.templating import git
from catalog.templating.http_backend import Answer
from catalog.templating.tree import Tree
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

UPLOAD = "refs/trellis/upload"
OVER = (AppState.ARCHIVED, AppState.RETIRED)


@transaction.atomic
def receive(clone: Clone, serve: Callable[[Path], Answer], *, by: User, now: datetime) -> Answer:
    """Let git take a push, and keep what came of it. Two at once follow one another: git refuses the second if it must."""
    repository = Repository.objects.select_for_update().get(pk=clone.repository_id)
    with repositories.unpacked(repository) as path:
        before, head = git.refs(path), git.head(path)
        answer = serve(path)
        if git.refs(path) != before:
            lineage.settle(clone, path, by=by, now=now)
            repositories.put(repository, path, now=now)
            tell(clone, head, repository.head, by=by, now=now)
    return answer


def tell(clone: Clone, before: str, after: str, *, by: User, now: datetime) -> None:
    facts = {"from": before[:10], "to": after[:10]}
    audit.record("catalog.app_pushed", clone.app, by=by, now=now, facts=facts)


@transaction.atomic
def upload(clone: Clone, tree: Tree, *, by: User, now: datetime) -> str:
    """Keep what was uploaded beside the app, to be looked at first. The commit."""
    allow(denial_to_use_repository(by, clone.app))
    refuse_unless_standing(clone)
    repository = Repository.objects.select_for_update().get(pk=clone.repository_id)
    with repositories.unpacked(repository) as path:
        author = repositories.author(by, now)
        said = _("Uploaded by %(person)s") % {"person": by.name}
        commit = git.commit(path, UPLOAD, tree, message=said, author=author, parents=[git.head(path)])
        repositories.put(repository, path, now=now)
    return commit


@transaction.atomic
def take(clone: Clone, commit: str, *, by: User, now: datetime) -> None:
    """Make the upload that was looked at the app's newest commit. InvalidTransition when either has moved on meanwhile."""
    allow(denial_to_use_repository(by, clone.app))
    refuse_unless_standing(clone)
    repository = Repository.objects.select_for_update().get(pk=clone.repository_id)
    with repositories.unpacked(repository) as path:
        head = git.head(path)
        if git.head(path, UPLOAD) != commit or not git.is_ancestor(path, head, commit):
            raise InvalidTransition(
                _("The app or the upload has changed meanwhile. Upload again to see the difference.")
            )
        git.point(path, git.MAIN, commit)
        lineage.settle(clone, path, by=by, now=now)
        repositories.put(repository, path, now=now)
        tell(clone, head, commit, by=by, now=now)


def refuse_unless_standing(clone: Clone) -> None:
    if clone.app.state in OVER:
        said = _("%(app)s is %(state)s. Its source can be read; restore the app to change it.")
        raise InvalidTransition(said % {"app": clone.app.name, "state": clone.app.get_state_display().lower()})


audit.register(catalog__app_pushed=audit.Verb(gettext_lazy("Source changed"), "git-branch"))
