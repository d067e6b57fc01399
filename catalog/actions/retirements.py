"""Retiring an archived app before its time: for C4E staff, with a reason. The record and its history stay."""

from datetime import datetime

from django.db import transaction

from catalog.actions.moves import lock, move
from catalog.models import MicroApp
from catalog.permissions import denial_by_hand
from portal.models import User
from portal.notifications import notify
from portal.permissions import allow


@transaction.atomic
def retire(app: MicroApp, *, by: User, now: datetime, reason: str) -> MicroApp:
    app = lock(app)
    allow(denial_by_hand(by, app, "retire"))
    move(app, "retire", by=by, now=now, verb="catalog.app_retired", reason=reason)
    for person in (app.owner, app.second_owner):
        if person.pk != by.pk:
            notify(
                person,
                "app_retired",
                key=f"app_retired:{app.pk}:{now.isoformat()}",
                url=app.get_absolute_url(),
                params={"app": app.name, "reason": reason},
                thing=app,
                now=now,
            )
    return app
