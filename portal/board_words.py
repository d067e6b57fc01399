"""How figures read: with their unit, and changes with their sign."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from portal.kpis import Kpi

MINUS, SHORT = "\u2212", 8  # a longer unit stands beside the value already


def number(value: Decimal, decimals: int) -> str:
    """With the separators of the reader's language, and without decimals where they are all zero."""
    whole = value == value.to_integral_value()
    return formats.number_format(value, 0 if whole else decimals, use_l10n=True, force_grouping=True)


def amount(kpi: Kpi, value: Decimal | None, *, unit: bool = False) -> str:
    """The value, or what stands there when it is not known. `unit` puts the unit behind it too."""
    if value is None:
        return _("not known")
    text = number(value, kpi.decimals)
    if kpi.leads:
        return f"{kpi.unit}{text}"
    return with_unit(kpi, text) if unit else text


def with_unit(kpi: Kpi, text: str) -> str:
    return f"{text}%" if kpi.unit == "%" else f"{text} {kpi.unit}".rstrip()


def change_of(kpi: Kpi, change: Decimal) -> str:
    """A change with its sign; of a share in points."""
    sign = "+" if change > 0 else MINUS
    text = number(abs(change), kpi.decimals)
    if kpi.leads:
        return f"{sign}{kpi.unit}{text}"
    if kpi.unit == "%":
        return f"{sign}{text} {_('pts')}"
    return f"{sign}{text} {kpi.unit}" if len(str(kpi.unit)) <= SHORT else f"{sign}{text}"
