from datetime import datetime, timedelta
from typing import Any

from catalog.actions.marketplace import campaigns, upgrades
from catalog.models import AppTemplate, Clone, Upgrade
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
    upgrade = upgrades.begin(clone, template.latest, answers=clone.answers, hidden={}, by=owner, now=now)
    related = ("clone__app", "clone__template", "clone__version", "target__template", "by")
    upgrades.prepare(Upgrade.objects.select_related(*related).get(pk=upgrade.pk), now=now)
    campaign = campaigns.call(
        template,
        target=template.latest,
        reason="A hole is closed.",
        due_on=now.date() + timedelta(days=9),
        by=staff,
        now=now,
    )
    for page in ("upgrade_detail", "upgrade_patch", "upgrade_application_create", "upgrade_discard_create"):
        values[f"catalog:{page}"] = {"pk": upgrade.pk}
    for page in ("campaign_detail", "campaign_end_create"):
        values[f"catalog:{page}"] = {"pk": campaign.pk}
    values["catalog:campaign_create"] = {"slug": template.slug}
    for page in ("upgrade_create", "answer_edit"):
        values[f"catalog:{page}"] = {"slug": clone.app.slug}
