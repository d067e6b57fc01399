from datetime import datetime
from typing import Any

from catalog.actions.marketplace import clone_drafts
from catalog.forms.marketplace import clone_steps
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
    draft = clone_drafts.begin(template, by=owner, contract=clone_steps.first_posted(owner, template), now=now)
    for page in ("clone_draft_detail", "clone_create", "clone_draft_discard_create", "clone_forecast_create"):
        values[f"catalog:{page}"] = {"pk": draft.pk}
    values["catalog:clone_draft_edit"] = {"pk": draft.pk, "step": "name"}
