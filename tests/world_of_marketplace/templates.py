from datetime import datetime
from typing import Any

from catalog.models import AppTemplate, Clone
from portal.models import User


def fill(
    template: AppTemplate,
    clone: Clone,
    owner: User,
    staff: User,
    now: datetime,
    values: dict[str, Any],
    things: list[tuple[str, dict[str, Any]]],
) -> None:
    """The things whose pages stand in `catalog/urls`, by the name of the page or by what its name begins with."""
