"""Sending a draft for review, and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from approvals.actions.moves import lock as lock_request
from approvals.actions.requests import open_request, resubmit, take_back
from approvals.models import ApprovalRequest
from approvals.registry import Asked
from approvals.states import RequestState
from catalog.actions.moves import lock, move
from catalog.models import MicroApp
from catalog.permissions import denial_by_hand, denial_to_care
from catalog.review_facts import facts_of
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

KIND = "new_app"


def asked_about(app: MicroApp) -> Asked:
    return Asked(
        subject_id=app.pk,
        title=app.name,
        url=app.get_absolute_url(),
        facts=facts_of(app),
        business_unit=app.business_unit,
    )


@transaction.atomic
def submit(app: MicroApp, *, by: User, now: datetime) -> ApprovalRequest:
    """Ask for the app to be taken into the catalog; after a send-back, ask again in the same request."""
    open_one = ApprovalRequest.objects.open().about(KIND, app.pk).first()
    if open_one is not None:
        open_one = lock_request(open_one)
    app = lock(app)
    allow(denial_by_hand(by, app, "submit"))
    move(app, "submit", by=by, now=now, verb="catalog.app_submitted")
    if open_one is not None and open_one.state == RequestState.RETURNED:
        return resubmit(open_one, asked=asked_about(app), by=by, now=now)
    return open_request(kind=KIND, asked=asked_about(app), by=by, now=now)


@transaction.atomic
def withdraw(app: MicroApp, *, by: User, now: datetime) -> ApprovalRequest:
    """Take the question back: the app is a draft again."""
    request = ApprovalRequest.objects.open().about(KIND, app.pk).first()
    allow(denial_to_care(by, app))
    if request is None:
        raise InvalidTransition(
            gettext("%(app)s is not in review, so there is nothing to withdraw.") % {"app": app.name}
        )
    return take_back(lock_request(request), by=by, now=now)


audit.register(
    catalog__app_withdrawn=audit.Verb(_("Taken back from review"), "rotate-ccw"),
    catalog__app_refused=audit.Verb(_("Refused"), "circle-x", "bad"),
)
