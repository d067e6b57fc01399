"""Setting the numbers of the lifecycle rules. Every version stays, with who, when and why."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.models import RuleSetting
from catalog.rules import HOUSE_WIDE, RULES
from portal import audit
from portal.models import BusinessUnit, User
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition


class OutOfBounds(Exception):
    """The number is outside what the rule allows, or set where the rule has one number only. A sentence."""


def set_rule(
    key: str,
    *,
    unit: BusinessUnit | None,
    risk: str,
    value: int | None,
    reason: str,
    expected_version: int,
    by: User,
    now: datetime,
) -> RuleSetting:
    """Set the number for a unit and tier, or with None go back to the wider one. `expected_version` is what the person saw
    (0: none); if somebody set it meanwhile, InvalidTransition says so."""
    allow(denial_to_use_console(by))
    check(key, unit=unit, risk=risk, value=value)
    try:
        with transaction.atomic():
            return write(key, unit, risk, value, reason=reason, expected_version=expected_version, by=by, now=now)
    except IntegrityError:
        raise InvalidTransition(seen_other(key)) from None


def write(
    key: str,
    unit: BusinessUnit | None,
    risk: str,
    value: int | None,
    *,
    reason: str,
    expected_version: int,
    by: User,
    now: datetime,
) -> RuleSetting:
    where = {"key": key, "business_unit": unit, "risk": risk}
    before = RuleSetting.objects.select_for_update(of=("self",)).filter(**where).order_by("-version").first()
    if (before.version if before else 0) != expected_version:
        raise InvalidTransition(seen_other(key))
    if before and before.replaced_at is None:
        before.replaced_at = now
        before.save(update_fields=["replaced_at"])
    setting = RuleSetting.objects.create(
        **where, value=value, version=expected_version + 1, reason=reason, at=now, by=by
    )
    verb = "catalog.rule_cleared" if value is None else "catalog.rule_set"
    changes = {key: [before.value if before else None, value]}
    facts = {"unit": unit.code if unit else None, "risk": risk or None, "version": setting.version}
    audit.record(verb, setting, by=by, now=now, reason=reason, changes=changes, facts=facts)
    return setting


def check(key: str, *, unit: BusinessUnit | None, risk: str, value: int | None) -> None:
    rule = RULES[key]
    if key in HOUSE_WIDE and (unit is not None or risk):
        raise OutOfBounds(_("This rule has one number for the whole house. Leave unit and risk empty."))
    if value is not None and not rule.low <= value <= rule.high:
        bounds = {"low": rule.low, "high": rule.high}
        raise OutOfBounds(_("Choose a number from %(low)s to %(high)s.") % bounds)


def seen_other(key: str) -> str:
    return _("Somebody set “%(rule)s” while you were on the page. Load it again and look at the new number.") % {
        "rule": RULES[key].label
    }
