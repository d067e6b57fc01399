"""Approver groups: made, and kept up to date."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.models import ApproverGroup
from portal import audit
from portal.models import User
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition


@transaction.atomic
def keep(
    group: ApproverGroup | None, *, slug: str, name: str, members: Sequence[User], by: User, now: datetime
) -> ApproverGroup:
    """Make one, or change the name and members of one; its short name stays, because routes name it."""
    allow(denial_to_use_console(by))
    group, is_new = (group, False) if group is not None else (ApproverGroup(slug=slug), True)
    before = [] if is_new else sorted(str(person) for person in group.members.all())
    group.name = name
    try:
        with transaction.atomic():
            group.save(force_insert=is_new)
    except IntegrityError:
        raise InvalidTransition(_("A group with this name or short name exists. Choose another.")) from None
    group.members.set(members)
    changes = {"members": [", ".join(before), ", ".join(sorted(str(person) for person in members))]}
    verb = "approvals.group_made" if is_new else "approvals.group_changed"
    audit.record(verb, group, by=by, now=now, changes=changes)
    return group


audit.register(
    approvals__group_made=audit.Verb(gettext_lazy("Approver group made"), "users"),
    approvals__group_changed=audit.Verb(gettext_lazy("Approver group changed"), "users"),
)
