"""Pushing an app's source to a git host outside: asked for, done by a job, repeated at will."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.actions.marketplace import repositories
from catalog.models import Clone, Delivery, MicroApp
from catalog.models.marketplace.delivery import DeliveryState
from catalog.permissions_marketplace import denial_to_use_repository
from catalog.remotes import Remote, RemoteError, make, remotes
from catalog.templating import git, jail
from portal import audit
from portal.jobs import enqueue
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

SECONDS = 120


def remote_named(name: str) -> Remote:
    """Raises InvalidTransition for one that is not set up (any more)."""
    found = next((remote for remote in remotes() if remote.name == name), None)
    if found is None:
        raise InvalidTransition(_("This git host is not set up any more. Choose another."))
    return found


@transaction.atomic
def ask(clone: Clone, *, remote: str, by: User, now: datetime) -> Delivery:
    """One push to a host waits at a time: asking again gives it back."""
    Clone.objects.select_for_update(of=("self",)).get(pk=clone.pk)
    allow(denial_to_use_repository(by, clone.app))
    host = remote_named(remote)
    waiting = Delivery.objects.filter(
        repository=clone.repository_id, remote=host.name, state=DeliveryState.WAITING
    ).first()
    if waiting is not None:
        return waiting
    delivery = Delivery.objects.create(
        repository_id=clone.repository_id, remote=host.name, url=host.address(clone.app.slug), by=by, at=now
    )
    title = _("Push %(app)s to %(host)s") % {"app": clone.app.name, "host": host.name}
    enqueue("catalog.push_source", by=by, title=title, delivery_id=delivery.pk)
    return delivery


def carry_out(delivery: Delivery, clone: Clone, *, now: datetime) -> None:
    """Make the repository there if need be, and push every branch and tag. Safe to repeat. Raises RemoteError."""
    remote = remote_named(delivery.remote)
    make(remote, clone.app.slug, clone.app.purpose[:300])
    with repositories.opened(repositories.by_number(clone.repository_id)) as path:
        push(remote, path, delivery.url)
        finish(delivery, clone, git.head(path), now=now)


def push(remote: Remote, path: object, url: str) -> None:
    env = {"GIT_ALLOW_PROTOCOL": urlsplit(url).scheme, "GIT_ASKPASS": "true"}
    if remote.token:  # the fourth setting of the environment, so that it stands in no command line
        env |= {"GIT_CONFIG_COUNT": "5", "GIT_CONFIG_KEY_3": "http.extraHeader", "GIT_CONFIG_VALUE_3": remote.header}
        env |= {"GIT_CONFIG_KEY_4": "http.followRedirects", "GIT_CONFIG_VALUE_4": "false"}
    refs = ["refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*"]
    command = ["git", "--git-dir", str(path), "push", "-q", url, *refs]
    outcome = jail.run(command, cwd=path, seconds=SECONDS, megabytes=4_096, env=env)  # type: ignore[arg-type]
    if outcome.stopped:
        raise RemoteError(_("%(host)s did not take it in time.") % {"host": remote.name})
    if outcome.code and b"[rejected]" in outcome.errors:
        said = _("%(host)s holds changes that are not here. Pull them into the app first, then push again.")
        raise RemoteError(said % {"host": remote.name})
    if outcome.code:
        raise RemoteError(_("%(host)s refused the push. Its token may have ended.") % {"host": remote.name})


@transaction.atomic
def finish(delivery: Delivery, clone: Clone, commit: str, *, now: datetime) -> None:
    """The app's repository is there from now on."""
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.DONE, commit=commit, done_at=now, error="")
    app = MicroApp.objects.select_for_update(of=("self",)).get(pk=clone.app_id)
    before, app.repository_url = app.repository_url, delivery.url.removesuffix(".git")
    changes = audit.changes_between({"repository_url": before}, {"repository_url": app.repository_url})
    if changes:
        app.save(update_fields=["repository_url"])
    audit.record(
        "catalog.source_delivered", app, by=delivery.by, now=now, changes=changes, facts={"commit": commit[:10]}
    )


def fail(pk: int, *, why: str, now: datetime) -> None:
    Delivery.objects.filter(pk=pk, state=DeliveryState.WAITING).update(
        state=DeliveryState.FAILED, error=why[:500], done_at=now
    )


audit.register(catalog__source_delivered=audit.Verb(gettext_lazy("Source pushed to a git host"), "send"))
