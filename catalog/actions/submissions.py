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
from catalog import risk
from catalog.actions.moves import lock, move
from catalog.badge_gate import refuse_unless_badged
from catalog.models import Discovery, MicroApp
from catalog.permissions import denial_by_hand, denial_to_care
from catalog.review_facts import facts_of
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

NEW_APP, ADOPTION = "new_app", "adoption"
KINDS = (NEW_APP, ADOPTION)
SOURCE = "catalog.microapp"  # what policies check


def kind_of(app: MicroApp) -> str:
    """A draft that was made of a discovery is asked about as an adoption."""
    return ADOPTION if Discovery.objects.filter(adopted_as=app).exists() else NEW_APP


def open_request_of(app: MicroApp) -> ApprovalRequest | None:
    """The open request to take the app in, locked; None when there is none."""
    found = ApprovalRequest.objects.open().filter(kind__in=KINDS, subject_id=app.pk).first()
    return lock_request(found) if found else None


def asked_about(app: MicroApp) -> Asked:
    return Asked(
        subject_id=app.pk,
        title=app.name,
        url=app.get_absolute_url(),
        facts=facts_of(app),
        business_unit=app.business_unit,
        risk=risk.facts_of(app),
        source_kind=SOURCE,
        source_id=app.pk,
        responsible=app.owner,
    )


@transaction.atomic
def submit(app: MicroApp, *, by: User, now: datetime) -> ApprovalRequest:
    """Ask for the app to be taken into the catalog; after a send-back, ask again in the same request."""
    open_one = open_request_of(app)
    app = lock(app)
    allow(denial_by_hand(by, app, "submit"))
    uses = app.connector_uses.select_related("connector")
    refuse_unless_badged(app, [use.connector for use in uses], owner=app.owner, now=now)
    move(app, "submit", by=by, now=now, verb="catalog.app_submitted")
    if open_one is not None and open_one.state == RequestState.RETURNED:
        return resubmit(open_one, asked=asked_about(app), by=by, now=now)
    return open_request(kind=kind_of(app), asked=asked_about(app), by=by, now=now)


@transaction.atomic
def withdraw(app: MicroApp, *, by: User, now: datetime) -> ApprovalRequest:
    """Take the question back: the app is a draft again."""
    request = open_request_of(app)
    allow(denial_to_care(by, app))
    if request is None:
        raise InvalidTransition(
            gettext("%(app)s is not in review, so there is nothing to withdraw.") % {"app": app.name}
        )
    return take_back(request, by=by, now=now)


audit.register(
    catalog__app_withdrawn=audit.Verb(_("Taken back from review"), "rotate-ccw"),
    catalog__app_refused=audit.Verb(_("Refused"), "circle-x", "bad"),
)
