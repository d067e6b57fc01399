"""What is done about a discovery: its owner is contacted, it is retired with a reason, or looked at again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Discovery
from catalog.models.discovery import DISCOVERY_TRANSITIONS, DiscoveryState
from catalog.notifications import discoveries as notices
from catalog.permissions import denial_to_contact, denial_to_triage
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition, check


@dataclass(frozen=True)
class Result:
    """How one row of a bulk act ended."""

    discovery: Discovery
    done: bool
    sentence: str


def locked(discovery: Discovery) -> Discovery:
    """The discovery as it is now, locked until the transaction ends."""
    rows = Discovery.objects.select_for_update(of=("self",)).select_related("owner", "business_unit")
    [fresh] = rows.filter(pk=discovery.pk)
    return fresh


def move(discovery: Discovery, state: DiscoveryState, *, verb: str, by: User, now: datetime, reason: str = "") -> None:
    """Write the state of a locked discovery, with its audit entry. Raises InvalidTransition with a sentence."""
    refusal = _(
        "“%(name)s” is %(state)s by now, so this is no longer possible. Look at its page for what happened."
    ) % {
        "name": discovery.name,
        "state": str(discovery.get_state_display()).lower(),
    }
    check(DISCOVERY_TRANSITIONS, discovery.state, state, refusal=refusal)
    before, discovery.state = discovery.state, state
    settled = state in (DiscoveryState.ADOPTED, DiscoveryState.RETIRED)
    discovery.settled_at, discovery.settled_by = (now, by) if settled else (None, None)
    discovery.reason = reason if state == DiscoveryState.RETIRED else ""
    discovery.save()
    audit.record(verb, discovery, by=by, now=now, reason=reason, changes={"state": [before, state.value]})
    if settled:
        notices.close(discovery, now=now)


@transaction.atomic
def contact(discovery: Discovery, *, by: User, now: datetime) -> Discovery:
    """Ask the owner to adopt the app or to say that it can go."""
    allow(denial_to_triage(by))
    discovery = locked(discovery)
    allow(denial_to_contact(discovery))
    discovery.contacted_at = now
    move(discovery, DiscoveryState.CONTACTED, verb="catalog.discovery_contacted", by=by, now=now)
    notices.ask_owner(discovery, by=by, now=now)
    return discovery


@transaction.atomic
def retire(discovery: Discovery, *, reason: str, by: User, now: datetime) -> Discovery:
    """Settle it: the app is gone or needs no record. An import does not bring it back."""
    allow(denial_to_triage(by))
    discovery = locked(discovery)
    move(discovery, DiscoveryState.RETIRED, verb="catalog.discovery_retired", by=by, now=now, reason=reason)
    return discovery


@transaction.atomic
def reopen(discovery: Discovery, *, by: User, now: datetime) -> Discovery:
    """Put it back among those to triage."""
    allow(denial_to_triage(by))
    discovery = locked(discovery)
    move(discovery, DiscoveryState.OPEN, verb="catalog.discovery_reopened", by=by, now=now)
    return discovery


def contact_many(discoveries: Iterable[Discovery], *, by: User, now: datetime) -> list[Result]:
    """Contact the owner of each; one that cannot be contacted says why and stops nobody else."""
    return [attempt(each, _("The owner was asked."), lambda one: contact(one, by=by, now=now)) for each in discoveries]


def retire_many(discoveries: Iterable[Discovery], *, reason: str, by: User, now: datetime) -> list[Result]:
    """Retire each with the same reason."""
    return [
        attempt(each, _("Retired."), lambda one: retire(one, reason=reason, by=by, now=now)) for each in discoveries
    ]


def attempt(discovery: Discovery, success: str, act: Callable[[Discovery], Discovery]) -> Result:
    try:
        return Result(act(discovery), True, success)
    except (PermissionDenied, InvalidTransition) as refusal:
        return Result(discovery, False, str(refusal))
