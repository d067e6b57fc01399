"""Imported rows that are, or become, apps of the catalog."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import risk
from catalog.actions.micro_apps import RESERVED
from catalog.contract import FIELDS
from catalog.importing.merging import merge
from catalog.models import AppDependency, ConnectorUse, ExternalHost, MicroApp, SourceRecord
from catalog.models.import_run import Outcome
from catalog.models.micro_app import DEFAULT_LIFESPAN, LONGEST_LIFESPAN
from catalog.states import AppState, find
from catalog.terms import first_end
from portal import audit
from portal.models import AuditEvent

if TYPE_CHECKING:
    from catalog.actions.import_batches import Case, Setting

RELATIONS = ("connectors", "hosts", "apps")
COLUMNS = tuple(key for key in FIELDS if key not in RELATIONS)
UNTOUCHED = frozenset({AppState.IN_REVIEW, AppState.ARCHIVED, AppState.RETIRED})
FIRST_MOVES = ("submit", "approve")  # an app that runs already comes in live, by the moves a new app makes


def locked(source: str, numbers: list[str]) -> dict[str, MicroApp]:
    """The apps of these numbers, locked in one order, with everything a comparison needs."""
    apps = (
        MicroApp.objects.filter(source_system=source, external_id__in=[n for n in numbers if n])
        .select_related("owner", "second_owner", "business_unit", "cost_centre", "source_record")
        .prefetch_related("connector_uses__connector", "hosts", "needs__needed")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    return {app.external_id: app for app in apps}


class Slugs:
    """Free addresses for new apps: the name, or the name and six letters made of the number when it is taken."""

    def __init__(self, names: list[tuple[str, str]], source: str) -> None:
        self.source = source
        self.taken = set(
            MicroApp.objects.filter(slug__in={self.plain(name) for name, _number in names}).values_list(
                "slug", flat=True
            )
        )

    @staticmethod
    def plain(name: str) -> str:
        return slugify(name)[:80].strip("-_") or "app"

    def take(self, name: str, number: str) -> str:
        slug = self.plain(name)
        if slug in self.taken or slug in RESERVED:
            slug = f"{slug}-{hashlib.sha256(f'{self.source}:{number}'.encode()).hexdigest()[:8]}"
        self.taken.add(slug)
        return slug


@dataclass
class Writing:
    """What a batch writes about apps, all at once at its end."""

    setting: "Setting"
    new: list[MicroApp] = field(default_factory=list)
    changed: dict[int, MicroApp] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)
    links: list[tuple[MicroApp, str, list[Any]]] = field(default_factory=list)
    told: list[tuple[MicroApp, dict[str, Any]]] = field(default_factory=list)
    stories: list[tuple[str, MicroApp, dict[str, Any]]] = field(default_factory=list)

    def write(self) -> None:
        MicroApp.objects.bulk_create(self.new)
        if self.changed:
            MicroApp.objects.bulk_update(self.changed.values(), sorted({*self.columns, "risk", "updated_at"}))
        self.write_links()
        SourceRecord.objects.bulk_create(
            [SourceRecord(app=app, values=values, seen_at=self.setting.now) for app, values in self.told],
            update_conflicts=True,
            unique_fields=["app"],
            update_fields=["values", "seen_at"],
        )
        audit.record_many(self.event(verb, app, details) for verb, app, details in self.stories)

    def event(self, verb: str, app: MicroApp, details: dict[str, Any]) -> AuditEvent:
        facts = {**self.setting.facts, **details.pop("facts", {})}
        return audit.event(verb, app, by=self.setting.by, now=self.setting.now, facts=facts, **details)

    def write_links(self) -> None:
        old = [app.pk for app, key, _rows in self.links if app.pk in self.changed]
        for model, key in ((ConnectorUse, "connectors"), (ExternalHost, "hosts"), (AppDependency, "apps")):
            if old:
                model._default_manager.filter(
                    app__in=[a.pk for a, k, _r in self.links if k == key and a.pk in old]
                ).delete()
            wanted = [link(model, app, row) for app, k, rows in self.links if k == key for row in rows]
            model._default_manager.bulk_create(wanted, ignore_conflicts=True)


def link(model: Any, app: MicroApp, row: Any) -> Any:
    column = {ConnectorUse: "connector", ExternalHost: "host", AppDependency: "needed"}[model]
    return model(app=app, **{column: row})


def create(case: "Case", writing: Writing, slugs: Slugs) -> None:
    """A complete row becomes a live app: it runs already, and the C4E answers for the source by importing it."""
    setting, values = writing.setting, case.resolved.values
    today = values["owner"].local_date(setting.now)
    ends = values.get("expires_on")
    lifespan = values.get("lifespan_days") or ((ends - today).days if ends else DEFAULT_LIFESPAN)
    app = MicroApp(
        **{key: values[key] for key in COLUMNS if key in values and key != "lifespan_days"},
        lifespan_days=max(1, min(lifespan, LONGEST_LIFESPAN)),
        slug=slugs.take(case.found.name, case.found.external_id),
        source_system=setting.run.source_system,
        external_id=case.found.external_id,
        created_at=setting.now,
        created_by=setting.by,
        updated_at=setting.now,
        activated_at=setting.now,
        expires_on=ends or first_end(today, max(1, min(lifespan, LONGEST_LIFESPAN))),
    )
    for name in FIRST_MOVES:
        step = find(name, app.state)
        assert step is not None
        app.state = step.target
    app.risk = risk_of(app, values["hosts"], values["connectors"], setting.weights)
    writing.new.append(app)
    writing.links += [(app, key, values[key]) for key in RELATIONS]
    writing.told.append((app, told_of(case)))
    facts = {"row": case.found.number, "number": case.found.external_id}
    changes = {"state": [AppState.DRAFT.value, AppState.ACTIVE.value], "expires_on": [None, app.expires_on.isoformat()]}  # type: ignore[union-attr]
    writing.stories.append(("catalog.app_imported", app, {"facts": facts, "changes": changes}))
    case.app, case.made = app, True
    case.end(Outcome.CREATED, _("Live until %(day)s.") % {"day": app.expires_on.isoformat()})  # type: ignore[union-attr]


def risk_of(app: MicroApp, hosts: Iterable[str], connectors: Iterable[Any], weights: Mapping[str, int]) -> str:
    return risk.tier(risk.facts(app, hosts, connectors), weights)


def told_of(case: "Case") -> dict[str, Any]:
    """What the row says, in words, without the end date: from here on the term is renewed here."""
    return {key: value for key, value in case.resolved.told.items() if key != "expires_on"}


def here(app: MicroApp) -> dict[str, Any]:
    """The app's fields in the same words as a row's."""
    facts: dict[str, Any] = {key: getattr(app, key) for key in COLUMNS}
    facts |= {"owner": app.owner.email, "second_owner": app.second_owner.email}
    facts |= {"business_unit": app.business_unit.code, "cost_centre": app.cost_centre.code}
    facts["connectors"] = sorted(use.connector.slug for use in app.connector_uses.all())
    facts["hosts"] = sorted(row.host for row in app.hosts.all())
    facts["apps"] = sorted(row.needed.slug for row in app.needs.all())
    return facts


def update(case: "Case", writing: Writing) -> None:
    """Bring the row's changes to an app that is already here, by the rule of `catalog.importing.merging`."""
    app, told = case.app, told_of(case)
    assert app is not None
    if app.state in UNTOUCHED:
        state = str(app.get_state_display()).lower()
        case.end(Outcome.UNCHANGED, _("It is %(state)s here, so the import leaves it as it is.") % {"state": state})
        return
    record = getattr(app, "source_record", None)
    last = record.values if record else {}
    result = merge(here(app), last, told)
    changes, kept = result.changes, list(result.kept)
    if same_owner(app, changes, case.resolved.values):
        kept += [key for key in ("owner", "second_owner") if changes.pop(key, None) is not None]
    if told != {key: last.get(key) for key in told}:
        writing.told.append((app, {**last, **told}))
    sentence = kept_sentence(kept)
    if not changes:
        case.end(Outcome.UNCHANGED, sentence)
        return
    apply(app, changes, case, writing)
    fields = ", ".join(str(FIELDS[key].label) for key in changes)
    case.end(Outcome.UPDATED, " ".join(filter(None, [_("Changed: %(fields)s.") % {"fields": fields}, sentence])))


def same_owner(app: MicroApp, changes: dict[str, Any], values: dict[str, Any]) -> bool:
    """Would the changes make one person both owners?"""
    owner = values["owner"].pk if "owner" in changes else app.owner_id
    second = values["second_owner"].pk if "second_owner" in changes else app.second_owner_id
    return bool(owner == second)


def kept_sentence(kept: list[str]) -> str:
    if not kept:
        return ""
    fields = ", ".join(str(FIELDS[key].label) for key in kept)
    return _("Kept as edited here, though the file says otherwise: %(fields)s.") % {"fields": fields}


def apply(app: MicroApp, changes: dict[str, list[Any]], case: "Case", writing: Writing) -> None:
    values = case.resolved.values
    for key in changes:
        if key in RELATIONS:
            rows = [row for row in values[key] if key != "apps" or row.pk != app.pk]
            writing.links.append((app, key, rows))
        else:
            setattr(app, key, values[key])
            writing.columns.add(key)
    hosts = values["hosts"] if "hosts" in changes else [row.host for row in app.hosts.all()]
    uses = values["connectors"] if "connectors" in changes else [use.connector for use in app.connector_uses.all()]
    app.risk = risk_of(app, hosts, uses, writing.setting.weights)
    app.updated_at = writing.setting.now
    assert app.pk is not None
    writing.changed[app.pk] = app
    facts = {"row": case.found.number}
    writing.stories.append(("catalog.app_import_updated", app, {"facts": facts, "changes": changes}))


audit.register(
    catalog__app_imported=audit.Verb(gettext_lazy("Imported and live"), "file-up", "ok"),
    catalog__app_import_updated=audit.Verb(gettext_lazy("Changed by an import"), "file-up"),
)
