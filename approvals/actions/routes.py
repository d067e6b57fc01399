"""Setting the stages of a kind and tier. Every version stays; what was asked before keeps the stages it began with."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals import routes
from approvals.models import RouteVersion
from approvals.stage_rules import StageRules
from portal import audit
from portal.models import User
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition


def set_route(
    kind: str, tier: str, *, stages: Sequence[StageRules], reason: str, seen: int, by: User, now: datetime
) -> RouteVersion:
    """A new version. Without stages a kind takes its own route back. `seen` is the number of the version the person looked
    at, 0 when there was none; if somebody set another meanwhile, InvalidTransition."""
    allow(denial_to_use_console(by))
    before = routes.newest(kind, tier)
    if not stages and not kind:
        raise InvalidTransition(_("The route for every kind needs a stage: without one nobody would decide."))
    try:
        with transaction.atomic():
            if (before.number if before else 0) != seen:
                raise IntegrityError
            version = RouteVersion.objects.create(
                kind=kind,
                tier=tier,
                number=seen + 1,
                stages=[stage.as_json() for stage in stages],
                reason=reason,
                at=now,
                by=by,
            )
            changes = {"stages": [names(before.stages if before else []), names(version.stages)]}
            audit.record("approvals.route_set", version, by=by, now=now, reason=reason, changes=changes)
    except IntegrityError:
        raise InvalidTransition(
            _("Somebody set this route while you were on the page. Load it again and look at the new one.")
        ) from None
    return version


def names(stages: Sequence[dict[str, object]]) -> str:
    return ", ".join(str(stage["name"]) for stage in stages)


audit.register(approvals__route_set=audit.Verb(gettext_lazy("Route set"), "git-branch"))
