"""The expressions that figures are written with: parts and wholes as numbers of one kind, whatever they come from."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Extract

from portal.kpis import PART, UNIT, WHOLE

NUMBER = models.DecimalField(max_digits=26, decimal_places=8)
DAY, ONE = 86_400, Value(1)
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


def counted(rows: Rows, *, unit: str, part: Any = ONE, whole: Any = ONE) -> Rows:
    """The rows with what each adds to the figure, and to which business unit; `unit` is the path to its number."""
    return rows.annotate(**{UNIT: F(unit), PART: Cast(part, NUMBER), WHOLE: Cast(whole, NUMBER)})


def yes(condition: Any) -> Case:
    """1 where the condition holds, else 0."""
    return Case(When(Q(condition), then=Value(1)), default=Value(0), output_field=models.IntegerField())


def days(span: Any) -> models.Expression:
    """A stretch of time in days; `span` is an expression or the name of a field that gives one."""
    span = F(span) if isinstance(span, str) else span
    length = models.ExpressionWrapper(span, output_field=models.DurationField())
    return models.ExpressionWrapper(Extract(length, "epoch") / Value(DAY), output_field=NUMBER)
