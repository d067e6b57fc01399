"""Setting the numbers of a set. Every version stays, with who, when and why."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals import rules
from approvals.models import RuleVersion
from portal import audit
from portal.models import User
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition


def set_rules(name: str, *, values: Mapping[str, int], reason: str, seen: int, by: User, now: datetime) -> RuleVersion:
    """A new version. `seen` is the version the person looked at; if somebody set another meanwhile, InvalidTransition."""
    allow(denial_to_use_console(by))
    before = rules.standing(name)
    try:
        with transaction.atomic():
            if before.version != seen:
                raise IntegrityError
            version = RuleVersion.objects.create(
                name=name, number=seen + 1, values=dict(values), reason=reason, at=now, by=by
            )
            changes = audit.changes_between(before.values, values)
            audit.record("approvals.rules_set", version, by=by, now=now, reason=reason, changes=changes)
    except IntegrityError:
        raise InvalidTransition(
            _("Somebody set these numbers while you were on the page. Load it again and look at the new ones.")
        ) from None
    return version


audit.register(approvals__rules_set=audit.Verb(gettext_lazy("Rules set"), "scale"))
