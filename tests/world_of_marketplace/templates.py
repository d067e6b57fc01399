from datetime import datetime
from typing import Any

from catalog.actions.marketplace import collections, wishes
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
    wish = wishes.ask(title="A room planner", why="Every team asks for rooms by mail.", by=owner, now=now)
    collection = collections.keep(
        None, title="Good first app", summary="Small and useful.", templates=[template], by=staff, now=now
    )
    for page in ("collection_detail", "collection_edit", "collection_removal_create"):
        values[f"catalog:{page}"] = {"slug": collection.slug}
    values["catalog:template_author_detail"] = {"pk": template.author_id}
    values["catalog:template_by_id"] = {"pk": template.pk}
    values["catalog:template_picture_detail"] = {"slug": template.slug, "number": "1.1.0", "index": 0}
    for page in ("rating_create", "rating_delete", "clone_draft_create"):
        values[f"catalog:{page}"] = {"slug": template.slug}
    things.insert(0, ("catalog:wish_", {"pk": wish.pk}))
