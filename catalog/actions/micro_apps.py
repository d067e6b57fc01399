"""Making, changing and discarding the record of a micro app. Its state is moved elsewhere."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from approvals import rules
from approvals.actions.requests import take_back
from catalog import risk
from catalog.actions import submissions
from catalog.actions.moves import lock, move
from catalog.contract import FIELDS
from catalog.models import AppDependency, Connector, ConnectorUse, ExternalHost, MicroApp
from catalog.permissions import denial_to_edit, denial_to_move
from portal import audit
from portal.models import AuditEvent, User
from portal.permissions import allow

LISTS = ("connectors", "hosts", "apps")
COLUMNS = tuple(key for key in FIELDS if key not in LISTS)
RESERVED = frozenset(
    {
        "all",
        "bulk",
        "by-id",
        "catalog-info",
        "export",
        "forecast",
        "import",
        "imports",
        "manifest",
        "mine",
        "new",
        "options",
    }
)
LONGEST_SLUG = 80
Values = Mapping[str, Any]


class Stale(Exception):
    """Somebody changed the app since the form was opened. The text is a sentence for the person who wrote it."""


def create(*, by: User, values: Values, now: datetime, creation_key: UUID | None = None) -> MicroApp:
    """A new draft. The same `creation_key` sent twice gives the first app back."""
    with transaction.atomic():
        if creation_key and (twin := MicroApp.objects.filter(creation_key=creation_key, created_by=by).first()):
            return twin
        app = MicroApp(
            **{key: values[key] for key in COLUMNS if key in values},
            creation_key=creation_key,
            created_by=by,
            created_at=now,
            updated_at=now,
        )
        app.risk = risk_of(values, app)
        try:
            insert(app)
        except IntegrityError as error:
            if constraint_of(error).endswith("creation_key_key"):
                return MicroApp.objects.get(creation_key=creation_key, created_by=by)
            raise
        write_lists(app, values)
        audit.record("catalog.app_created", app, by=by, now=now, facts={"contract": snapshot(app)})
        return app


def edit(app: MicroApp, *, by: User, values: Values, now: datetime, seen_at: datetime | None = None) -> MicroApp:
    """Change the contract. With `seen_at`, raises Stale when the app was changed after that moment."""
    with transaction.atomic():
        return rewrite(lock(app), by=by, values=values, now=now, seen_at=seen_at)


def rewrite(app: MicroApp, *, by: User, values: Values, now: datetime, seen_at: datetime | None = None) -> MicroApp:
    """The change itself, on a locked app."""
    with transaction.atomic():
        allow(denial_to_edit(by, app))
        if seen_at is not None and app.updated_at != seen_at:
            raise Stale(stale_sentence(app))
        before, risk_before = snapshot(app), app.risk
        for key in COLUMNS:
            if key in values:
                setattr(app, key, values[key])
        write_lists(app, values)
        after = snapshot(app)
        app.risk = risk_of(values, app)
        changes = audit.changes_between({**before, "risk": risk_before}, {**after, "risk": app.risk})
        if not changes:
            return app
        app.updated_at = now
        app.save(update_fields=[*COLUMNS, "risk", "updated_at"])
        audit.record("catalog.app_changed", app, by=by, now=now, changes=changes)
        return app


def discard(app: MicroApp, *, by: User, now: datetime) -> MicroApp:
    """Give up a draft. Its record stays; a request about it that was sent back is taken back."""
    with transaction.atomic():
        request = submissions.open_request_of(app)
        app = lock(app)
        allow(denial_to_move(by, app, "discard"))
        if request is not None:
            take_back(request, by=by, now=now)
        return move(app, "discard", by=by, now=now, verb="catalog.app_discarded")


def snapshot(app: MicroApp) -> dict[str, Any]:
    """The contract as plain values, the way the audit log keeps it: people by address, lists in order."""
    plain: dict[str, Any] = {key: PLAIN.get(key, audit.plain)(getattr(app, key)) for key in COLUMNS}
    plain["connectors"] = sorted(app.connector_uses.values_list("connector__name", flat=True))
    plain["hosts"] = sorted(app.hosts.values_list("host", flat=True))
    plain["apps"] = sorted(app.needs.values_list("needed__name", flat=True))
    return plain


PLAIN: dict[str, Callable[[Any], Any]] = {
    "owner": lambda user: user.email,
    "second_owner": lambda user: user.email,
    "business_unit": lambda unit: unit.code,
    "cost_centre": lambda centre: centre.code,
}


def risk_of(values: Values, app: MicroApp) -> str:
    """The tier of the contract: of `values` where given, else of what the app already says."""
    hosts = values.get("hosts")
    connectors = values.get("connectors")
    if hosts is None:
        hosts = list(app.hosts.values_list("host", flat=True)) if app.pk else []
    if connectors is None:
        connectors = list(Connector.objects.filter(uses__app=app)) if app.pk else []
    return risk.tier(risk.facts(app, hosts, connectors, risk.lineage(app)), rules.standing("risk").values)


def insert(app: MicroApp) -> None:
    """Save under the first free address. Two people at once with one name get two addresses."""
    stem = slugify(app.name)[:LONGEST_SLUG].strip("-") or "app"
    for _turn in range(20):
        app.slug = free_slug(stem)
        try:
            with transaction.atomic():
                app.save(force_insert=True)
        except IntegrityError as error:
            if "slug" not in constraint_of(error):
                raise
        else:
            return
    raise IntegrityError(f"no free address for {stem}")


def free_slug(stem: str) -> str:
    """`stem`, or with the next number behind it."""
    taken = set(MicroApp.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken | RESERVED:
        return stem
    numbers = [int(match[1]) for slug in taken if (match := re.fullmatch(rf"{re.escape(stem)}-(\d{{1,9}})", slug))]
    return f"{stem}-{max([*numbers, 1]) + 1}"


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that refused."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


def write_lists(app: MicroApp, values: Values) -> None:
    """Bring the dependencies to what `values` says; lists that are absent stay as they are."""
    if (connectors := values.get("connectors")) is not None:
        replace(ConnectorUse, app, "connector_id", {connector.pk for connector in connectors})
    if (hosts := values.get("hosts")) is not None:
        replace(ExternalHost, app, "host", set(hosts))
    if (apps := values.get("apps")) is not None:
        replace(AppDependency, app, "needed_id", {needed.pk for needed in apps if needed.pk != app.pk})


def replace(model: type[models.Model], app: MicroApp, column: str, wanted: set[Any]) -> None:
    rows = model._default_manager.filter(app=app)
    standing = set(rows.values_list(column, flat=True))
    if gone := standing - wanted:
        rows.filter(**{f"{column}__in": gone}).delete()
    model._default_manager.bulk_create([model(app=app, **{column: value}) for value in wanted - standing])


def stale_sentence(app: MicroApp) -> str:
    last = AuditEvent.objects.about(audit.kind_of(app), app.pk).first()
    return _(
        "%(who)s changed this app while you were writing. Look at what it says now, then save again to put your "
        "words in its place. Nothing you wrote is lost."
    ) % {"who": last.actor_name if last else _("Somebody")}


audit.register_page("catalog.microapp", "catalog:micro_app_by_id")
