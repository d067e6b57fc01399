"""Putting an app away: it stops, and everything is kept for a restore."""

from datetime import datetime, timedelta

from django.db import transaction

from catalog.actions.moves import lock, move
from catalog.actions.renewals import signature
from catalog.closings import HAND_OVER_ASKS, TERM_ASKS, close_asks, close_flags
from catalog.models import Archive, HandOver, MicroApp
from catalog.models.flag import FlagAnswer
from catalog.models.hand_over import HandOverState
from catalog.models.renewal import RenewalWay
from catalog.permissions import denial_by_hand, denial_to_answer_flag
from catalog.rules import RuleBook
from catalog.snapshots import digest, snapshot
from catalog.states import AppState
from portal.models import User
from portal.notifications import notify
from portal.permissions import allow


@transaction.atomic
def archive(
    app: MicroApp,
    *,
    by: User,
    now: datetime,
    reason: str,
    book: RuleBook | None = None,
    way: str = RenewalWay.PAGE,
) -> Archive:
    """Archive on a person's word. The open flag is answered by it, and open offers are taken back."""
    app = lock(app)
    if app.state == AppState.FLAGGED:
        allow(denial_to_answer_flag(by, app, app.flags.filter(answered_at=None).first()))
    else:
        allow(denial_by_hand(by, app, "archive"))
    state_before, record = app.state, snapshot(app)
    signed = signature(by, way)
    move(app, "archive", by=by, now=now, verb="catalog.app_archived", reason=reason, actor_name=signed)
    kept_for = (book or RuleBook.load()).for_app("retention", app)
    put_away = Archive.objects.create(
        app=app,
        at=now,
        by=by,
        state_before=state_before,
        reason=reason,
        snapshot=record,
        digest=digest(record),
        restore_until=app.owner.local_date(now) + timedelta(days=kept_for),
    )
    close_flags([app.pk], FlagAnswer.ARCHIVE, by=by, now=now, reason=reason)
    close_asks([app.pk], kinds=(*TERM_ASKS, *HAND_OVER_ASKS), now=now)
    HandOver.objects.filter(app=app, state=HandOverState.OPEN).update(state=HandOverState.WITHDRAWN, answered_at=now)
    for person in (app.owner, app.second_owner):
        if person.pk != by.pk:
            notify(
                person,
                "app_archived",
                key=f"app_archived:{app.pk}:{put_away.pk}",
                url=app.get_absolute_url(),
                params={"app": app.name, "reason": reason, "until": put_away.restore_until.isoformat()},
                thing=app,
                now=now,
            )
    return put_away
