"""Policies as such: made, and turned down. What a policy says is in `policy_versions`."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from approvals.actions.rechecks import ask_recheck
from approvals.models import Policy
from approvals.models.policy import Mode
from approvals.permissions_policies import denial_to_keep_policies
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

STRICTNESS = (Mode.OFF, Mode.WARN, Mode.ENFORCE)


@transaction.atomic
def create(*, slug: str, title: str, summary: str, severity: str, by: User | None, now: datetime) -> Policy:
    """A policy without a version yet. `by` is empty for those the product ships with."""
    if by is not None:
        allow(denial_to_keep_policies(by))
    try:
        with transaction.atomic():
            policy = Policy.objects.create(
                slug=slug, title=title, summary=summary, severity=severity, created_at=now, created_by=by
            )
    except IntegrityError:
        raise InvalidTransition(gettext("A policy with the short name “%(slug)s” exists.") % {"slug": slug}) from None
    audit.record("approvals.policy_created", policy, by=by, now=now)
    return policy


@transaction.atomic
def turn_down(policy: Policy, *, mode: str, reason: str, by: User, now: datetime) -> Policy:
    """Make it milder at once, by one person: a policy that hurts is stopped first and discussed then. Stricter only goes by
    a version that a second person puts in force."""
    allow(denial_to_keep_policies(by))
    policy = lock(policy)
    if STRICTNESS.index(Mode(mode)) >= STRICTNESS.index(Mode(policy.mode)):
        raise InvalidTransition(
            gettext("“%(policy)s” is not stricter than that now. To make it stricter, propose a version.")
            % {"policy": policy.title}
        )
    before, policy.mode = policy.mode, Mode(mode)
    policy.save(update_fields=["mode"])
    changes = {"mode": [before, mode]}
    audit.record("approvals.policy_turned_down", policy, by=by, now=now, reason=reason, changes=changes)
    ask_recheck(policy, now=now)
    return policy


def lock(policy: Policy) -> Policy:
    return Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)


audit.register(
    approvals__policy_created=audit.Verb(_("Policy made"), "scroll-text"),
    approvals__policy_turned_down=audit.Verb(_("Policy made milder"), "shield-alert", "warn"),
    approvals__version_written=audit.Verb(_("Version written"), "pencil"),
    approvals__version_tested=audit.Verb(_("Test cases run"), "circle-check"),
    approvals__version_proposed=audit.Verb(_("Version proposed"), "inbox", "info"),
    approvals__version_sent_back=audit.Verb(_("Version sent back"), "undo-2", "warn"),
    approvals__version_discarded=audit.Verb(_("Version discarded"), "trash-2"),
    approvals__version_activated=audit.Verb(_("Version put in force"), "shield-check", "ok"),
    approvals__version_shipped=audit.Verb(_("Shipped version put in force"), "shield-check"),
)
audit.register_page("approvals.policy", "approvals:policy_by_id")
