"""Micro apps and connectors for tests; an app reaches its state by the real actions."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.utils.text import slugify

from approvals.actions.decisions import decide, override
from approvals.models import ApprovalRequest
from approvals.permissions import denial_to_decide
from catalog.actions import archives, flags, retirements, submissions
from catalog.models import AppFigures, Connector, MicroApp
from catalog.states import AppState
from portal.models import User
from portal.models.user import Role
from tests.makers.portal import make_cost_centre, make_person, make_unit

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PATH = {
    AppState.DRAFT: [],
    AppState.IN_REVIEW: ["submit"],
    AppState.ACTIVE: ["submit", "approve"],
    AppState.FLAGGED: ["submit", "approve", "flag"],
    AppState.ARCHIVED: ["submit", "approve", "archive"],
    AppState.RETIRED: ["submit", "approve", "archive", "retire"],
}


def make_connector(name: str = "HR system", **fields: Any) -> Connector:
    defaults = {
        "name": name,
        "summary": f"Reads {name}.",
        "team": "Integration",
        "data_classes": ["public", "internal"],
    }
    return Connector.objects.create(slug=fields.pop("slug", slugify(name)), **{**defaults, **fields})


def make_app(
    name: str = "Shift swap",
    *,
    owner: User | None = None,
    second_owner: User | None = None,
    state: AppState = AppState.ACTIVE,
    now: datetime = NOW,
    **fields: Any,
) -> MicroApp:
    """An app in `state`, there by real moves; owner and second owner are made when not given."""
    owner = owner or User.objects.filter(email="priya.nair@example.org").first() or make_person("Priya Nair")
    second_owner = (
        second_owner or User.objects.filter(email="tomas.ruiz@example.org").first() or make_person("Tomas Ruiz")
    )
    unit = fields.pop("business_unit", None) or make_unit()
    expires_on, users = fields.pop("expires_on", None), fields.pop("active_users", None)
    defaults: dict[str, Any] = {
        "slug": slugify(name),
        "purpose": "Colleagues trade shifts and the manager confirms.",
        "justification": "Saves each store manager an hour a week of phone calls.",
        "contact": "stores@example.org",
        "data_classification": "internal",
        "audience_size": 40,
        "sla_tier": "best_effort",
        "cost_centre": fields.pop("cost_centre", None) or make_cost_centre(),
        "created_at": now,
        "created_by": owner,
    }
    app = MicroApp.objects.create(
        name=name, owner=owner, second_owner=second_owner, business_unit=unit, **{**defaults, **fields}
    )
    AppFigures.objects.filter(app=app).update(active_users=users)
    for step in PATH[state]:
        STEPS[step](app, now)
        app.refresh_from_db()
        if step == "approve" and expires_on:
            app.expires_on = expires_on
            app.save(update_fields=["expires_on"])
    return app


def approve(app: MicroApp, now: datetime) -> None:
    decide_for(ApprovalRequest.objects.open().get(kind__in=submissions.KINDS, subject_id=app.pk), now)


def decide_for(request: ApprovalRequest, now: datetime) -> None:
    """Approved by a reviewer who has no part in it."""
    reviewer = colleague("Nadia Brandt", Role.REVIEWER)
    if denial_to_decide(reviewer, request, now=now) is None:
        decide(request, outcome="approved", by=reviewer, now=now)
    else:  # of high risk: several stages, which are not what the test is about
        override(request, outcome="approved", reason="A test.", by=colleague("Omar Diaz", Role.STAFF), now=now)


def colleague(name: str, role: Role) -> User:
    """Somebody of the C4E who is not of the cast, so that a test's own people stay free to act."""
    email = name.lower().replace(" ", ".") + "@example.org"
    return User.objects.filter(email=email).first() or make_person(name, role)


STEPS: dict[str, Callable[[MicroApp, datetime], object]] = {
    "submit": lambda app, now: submissions.submit(app, by=app.owner, now=now),
    "approve": approve,
    "flag": lambda app, now: flags.raise_flag(app, now=now, evidence={}),
    "archive": lambda app, now: archives.archive(app, by=app.owner, now=now, reason="The season is over."),
    "retire": lambda app, now: retirements.retire(
        app, by=colleague("Otto Vance", Role.STAFF), now=now, reason="Nobody needs it any more."
    ),
}


def copies_of(app: MicroApp, count: int) -> None:
    """Many more rows like `app`, for tests of what a long list costs."""
    fields = [field for field in app._meta.concrete_fields if not field.primary_key and not field.generated]
    values = {field.attname: getattr(app, field.attname) for field in fields}
    MicroApp.objects.bulk_create(
        MicroApp(**{**values, "name": f"{app.name} {number}", "slug": f"{app.slug}-{number}"})
        for number in range(count)
    )
