"""A new micro app: taken into the catalog, or a draft again. Adopting a discovery is the same, by another question."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import catalog.actions.answer_links  # noqa: F401  (registers the links of the digest)
import catalog.notifications.lifecycle  # noqa: F401  (registers the wordings)
from approvals.models import ApprovalRequest
from approvals.registry import register
from catalog.actions.marketplace import credits
from catalog.actions.moves import lock, move
from catalog.actions.submissions import ADOPTION, NEW_APP
from catalog.models import MicroApp
from catalog.states import AppState
from catalog.terms import first_end
from portal.models import User
from portal.notifications import notify


def owners_of(app_id: int) -> frozenset[int]:
    """Both owners by number, and who stands behind them when they are services."""
    rows = MicroApp.objects.filter(pk=app_id).values_list(
        "owner_id", "second_owner_id", "owner__steward_id", "second_owner__steward_id"
    )
    return frozenset(pk for row in rows for pk in row if pk is not None)


@dataclass(frozen=True)
class NewApp:
    kind: str
    label: str | Promise
    question: str | Promise
    has_fast_lane: bool = True

    def parties(self, request: ApprovalRequest) -> frozenset[int]:
        return owners_of(request.subject_id)

    def approved(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        """Live from now; the term starts on the owner's own day, so time in review costs nothing."""
        app = lock(MicroApp(pk=request.subject_id))
        app.activated_at = now
        app.expires_on = first_end(app.owner.local_date(now), app.lifespan_days)
        app.save(update_fields=["activated_at", "expires_on"])
        move(app, "approve", by=by, now=now, verb="catalog.app_approved", facts={"request": request.pk})
        credits.give(app, now=now)
        tell(app, "app_approved", request, by=by, now=now, on=app.expires_on.isoformat())

    def returned(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None:
        app = lock(MicroApp(pk=request.subject_id))
        facts = {"request": request.pk}
        move(app, "send_back", by=by, now=now, verb="catalog.app_sent_back", reason=reason, facts=facts)
        tell(app, "app_returned", request, by=by, now=now, reason=reason)

    def refused(self, request: ApprovalRequest, *, by: User, reason: str, now: datetime) -> None:
        app = lock(MicroApp(pk=request.subject_id))
        facts = {"request": request.pk}
        move(app, "send_back", by=by, now=now, verb="catalog.app_refused", reason=reason, facts=facts)
        tell(app, "app_refused", request, by=by, now=now, reason=reason)

    def withdrawn(self, request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
        app = lock(MicroApp(pk=request.subject_id))
        if app.state == AppState.IN_REVIEW:  # a request that was sent back has left a draft already
            move(app, "send_back", by=by, now=now, verb="catalog.app_withdrawn", facts={"request": request.pk})

    def edit_url(self, request: ApprovalRequest) -> str:
        return request.url


def tell(app: MicroApp, kind: str, request: ApprovalRequest, *, by: User | None, now: datetime, **params: str) -> None:
    """Tell the owner and second owner, except who asked (the request tells them) and who decided."""
    for person in (app.owner, app.second_owner):
        if person != by and person.pk != request.requested_by_id:
            notify(
                person,
                kind,
                key=f"{kind}:{request.pk}:{request.revision}",
                url=app.get_absolute_url(),
                params={"app": app.name, **params},
                thing=app,
                now=now,
            )


register(NewApp(NEW_APP, _("New app"), _("Take %(title)s into the catalog?")))
register(NewApp(ADOPTION, _("Adopted discovery"), _("Adopt %(title)s, which was found running, into the catalog?")))
