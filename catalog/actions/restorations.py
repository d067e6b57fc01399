"""Bringing an archived app back while one-click restore lasts, and proving that it came back equal."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import formats
from django.utils.translation import gettext

from approvals.models import Violation
from catalog.actions.moves import lock, move, refuse_unless
from catalog.actions.renewals import NeedsDecision
from catalog.actions.submissions import SOURCE
from catalog.closings import close_asks
from catalog.models import AppDependency, Archive, Connector, ConnectorUse, ExternalHost, MicroApp
from catalog.permissions import denial_by_hand
from catalog.snapshots import RECORD, differences, digest, snapshot
from catalog.terms import restored_end
from portal import audit
from portal.models import User
from portal.notifications import notify
from portal.permissions import allow
from portal.states import InvalidTransition

IDENTITY = frozenset({"slug", "source_system", "external_id"})  # never changed by a restore


@dataclass(frozen=True)
class Restored:
    """`equal` when the digest is the one stored at archiving; else `differences` says what was moved on since."""

    app: MicroApp
    archive: Archive
    equal: bool
    differences: dict[str, list[Any]]
    new_end: date


@transaction.atomic
def restore(app: MicroApp, *, by: User, now: datetime) -> Restored:
    """Give everything back. An app that was archived with a violation standing needs a decision first (NeedsDecision)."""
    app = lock(app)
    allow(denial_by_hand(by, app, "restore"))
    refuse_unless(app, "restore")
    if standing := violations_of(app):
        raise NeedsDecision(
            gettext("%(app)s was archived while it violated a policy: %(list)s. Ask for its restore on its page.")
            % {"app": app.name, "list": "; ".join(standing)}
        )
    return bring_back(app, by=by, now=now)


def violations_of(app: MicroApp) -> list[str]:
    """Titles of the policies that the app violated when it was put away."""
    put_away = app.archives.filter(restored_at=None).first()
    if put_away is None:
        return []
    standing = Violation.objects.filter(
        models.Q(closed_at=None) | models.Q(closed_at__gte=put_away.at),
        subject_kind=SOURCE,
        subject_id=app.pk,
        opened_at__lte=put_away.at,
    )
    return list(standing.order_by("policy__title").values_list("policy__title", flat=True).distinct())


def bring_back(app: MicroApp, *, by: User, now: datetime) -> Restored:
    """The restore itself, on a locked app: compare it with what was put away, and store the proof in the audit log."""
    refuse_unless(app, "restore")
    today = app.owner.local_date(now)
    put_away = standing_archive(app, today=today)
    put_back(app, put_away.snapshot)
    record, old_end = snapshot(app), app.expires_on
    left, equal = differences(put_away.snapshot, record), digest(record) == put_away.digest
    assert old_end is not None  # a constraint holds it for everything that went live
    app.archived_at, app.expires_on = None, restored_end(old_end, today, app.lifespan_days)
    move(
        app,
        "restore",
        by=by,
        now=now,
        verb="catalog.app_restored",
        changes=audit.changes_between({"expires_on": old_end}, {"expires_on": app.expires_on}),
        facts={"archive": put_away.pk, "digest": digest(record), "equal": equal, "differences": left},
    )
    app.save(update_fields=["archived_at", "expires_on"])
    put_away.restored_at, put_away.restored_by = now, by
    put_away.save(update_fields=["restored_at", "restored_by"])
    tell(app, put_away, by=by, now=now)
    return Restored(app, put_away, equal, left, app.expires_on)


def standing_archive(app: MicroApp, *, today: date) -> Archive:
    """What was put away and not given back. Raises InvalidTransition when the time for a restore is over."""
    put_away = Archive.objects.select_for_update().get(app=app, restored_at=None)
    if today > put_away.restore_until:
        raise InvalidTransition(
            gettext("One-click restore of %(app)s ended on %(day)s. Its record stays; ask the C4E to start it anew.")
            % {"app": app.name, "day": formats.date_format(put_away.restore_until, "j F Y")}
        )
    return put_away


def put_back(app: MicroApp, kept: dict[str, Any]) -> None:
    """Write the record and the relations as they were. People and units stay where the organisation moved them."""
    for name in RECORD:
        if name not in IDENTITY and name in kept:
            setattr(app, name, kept[name])
    app.save(update_fields=[name for name in RECORD if name not in IDENTITY])
    connectors = Connector.objects.filter(slug__in=kept.get("connectors", []))
    app.connector_uses.exclude(connector__in=connectors).delete()
    ConnectorUse.objects.bulk_create(
        [ConnectorUse(app=app, connector=one) for one in connectors], ignore_conflicts=True
    )
    app.hosts.exclude(host__in=kept.get("hosts", [])).delete()
    ExternalHost.objects.bulk_create(
        [ExternalHost(app=app, host=host) for host in kept.get("hosts", [])], ignore_conflicts=True
    )
    needed = MicroApp.objects.filter(slug__in=kept.get("needs", []))
    app.needs.exclude(needed__in=needed).delete()
    AppDependency.objects.bulk_create([AppDependency(app=app, needed=one) for one in needed], ignore_conflicts=True)


def tell(app: MicroApp, put_away: Archive, *, by: User, now: datetime) -> None:
    close_asks([app.pk], kinds=["app_archived"], now=now)
    for person in (app.owner, app.second_owner):
        if person.pk != by.pk:
            notify(
                person,
                "app_restored",
                key=f"app_restored:{app.pk}:{put_away.pk}",
                url=app.get_absolute_url(),
                params={"app": app.name, "person": str(by), "on": str(app.expires_on)},
                thing=app,
                now=now,
            )
