from datetime import datetime
from typing import Any

from catalog.actions.marketplace import repository_tokens
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
    token, _secret = repository_tokens.make(clone, label="Laptop", scope="write", days=30, by=owner, now=now)
    values["catalog:repository_token_revocation_create"] = {"slug": clone.app.slug, "pk": token.pk}
    values["catalog:app_git"] = {"slug": clone.app.slug, "path": "info/refs"}
    values["catalog:template_git"] = {"slug": template.slug, "path": "info/refs"}
    for page in ("source_detail", "source_zip", "source_upload_create", "repository_token_create", "delivery_create"):
        values[f"catalog:{page}"] = {"slug": clone.app.slug}
