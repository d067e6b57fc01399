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
    version = {"slug": template.slug, "number": "1.1.0"}
    for page in ("detail", "discard_create", "deprecation_create"):
        values[f"catalog:template_version_{page}"] = version
    for page in ("check_create", "submission_create", "withdrawal_create"):
        values[f"catalog:template_{page}"] = version
    values["catalog:template_proposal_create"] = {"slug": clone.app.slug}
    things.insert(0, ("catalog:template_", {"slug": template.slug}))
