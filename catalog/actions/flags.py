"""The question to the owner of an app that looks unused, and the answer that keeps it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from catalog.actions.moves import lock, move
from catalog.actions.renewals import signature
from catalog.closings import close_flags
from catalog.models import Flag, MicroApp, SweepRun
from catalog.models.flag import FlagAnswer
from catalog.models.renewal import RenewalWay
from catalog.permissions import denial_by_hand, denial_to_answer_flag
from catalog.rules import RuleBook
from portal.models import User
from portal.notifications import notify
from portal.permissions import allow


@transaction.atomic
def raise_flag(
    app: MicroApp, *, now: datetime, evidence: dict[str, Any], run: SweepRun | None = None, book: RuleBook | None = None
) -> Flag:
    """Ask the owner of one app. Sweeps do the same for many at once."""
    app = lock(app)
    move(app, "flag", by=None, now=now, verb="catalog.app_flagged", facts={"evidence": evidence})
    flag = Flag.objects.create(app=app, run=run, evidence=evidence, at=now)
    notify(app.owner, "app_flagged", **ask(app, flag, "app_flagged", now=now, book=book))
    return flag


@transaction.atomic
def escalate(flag: Flag, *, now: datetime, book: RuleBook | None = None) -> Flag:
    """The owner has had their time: the second owner and the manager are asked too. Asking twice asks once."""
    app = lock(flag.app)
    flag = Flag.objects.select_for_update().get(pk=flag.pk)
    if flag.answered_at is None and flag.escalated_at is None:
        flag.escalated_at = now
        flag.save(update_fields=["escalated_at"])
        for person in filter(None, (app.second_owner, app.owner.manager)):
            notify(person, "flag_escalated", **ask(app, flag, "flag_escalated", now=now, book=book))
    return flag


def ask(app: MicroApp, flag: Flag, kind: str, *, now: datetime, book: RuleBook | None) -> dict[str, Any]:
    days = (book or RuleBook.load()).for_app("flag_archives", app)
    archived_on = app.owner.local_date(flag.at) + timedelta(days=days)
    return {
        "key": f"{kind}:{app.pk}:{flag.pk}",
        "url": app.get_absolute_url(),
        "params": {"app": app.name, "owner": str(app.owner), "on": archived_on.isoformat()},
        "asks": True,
        "thing": app,
        "now": now,
    }


@transaction.atomic
def keep(app: MicroApp, *, by: User, now: datetime, reason: str, way: str = RenewalWay.PAGE) -> MicroApp:
    """The app is still needed, and why."""
    app = lock(app)
    allow(denial_by_hand(by, app, "keep"))
    allow(denial_to_answer_flag(by, app, app.flags.filter(answered_at=None).first()))
    move(app, "keep", by=by, now=now, verb="catalog.app_kept", reason=reason, actor_name=signature(by, way))
    close_flags([app.pk], FlagAnswer.KEEP, by=by, now=now, reason=reason)
    return app
