"""Facts are kept with days as ISO text; this is how they read."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import formats

DAY = re.compile(r"^\d{4}-\d{2}-\d{2}(T|$)")


def readable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with each ISO day as a date in the reader's language, and nothing as a dash."""
    return {key: said(value) for key, value in facts.items()}


def said(value: Any) -> Any:
    if value is None:
        return "–"
    if isinstance(value, str) and DAY.match(value):
        return formats.date_format(date.fromisoformat(value[:10]), "j F Y")
    return value
