"""Upgrades by job, and the task that tells owners of new versions."""

from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.marketplace import campaigns, upgrades
from catalog.models import Upgrade
from catalog.templating.render import RenderError
from catalog.templating.tree import BadTree
from portal import jobs, slots
from portal.models import Job


@shared_task(name="catalog.tell_of_versions")
@slots.each_slot("catalog.tell_of_versions", timedelta(hours=1))
def tell_of_versions(*, now: datetime) -> None:
    campaigns.tell_of_versions(now=now)
    campaigns.attend(now=now)


@jobs.body("catalog.prepare_upgrade")
def prepare_upgrade(job: Job, upgrade_id: int) -> dict[str, Any]:
    related = ("clone__app", "clone__template", "clone__version", "target__template", "by")
    upgrade = Upgrade.objects.select_related(*related).get(pk=upgrade_id)
    done = iter(range(1, 10))

    def step(text: str) -> None:
        jobs.advance(job, step=text, progress=min(next(done), 2), total=2)

    try:
        upgrade = upgrades.prepare(upgrade, now=timezone.now(), step=step)
    except (RenderError, BadTree) as error:
        raise jobs.Refused(str(error)) from None
    return {"conflicts": len(upgrade.found.get("conflicts", []))}


@jobs.given_up("catalog.prepare_upgrade")
def preparation_given_up(job: Job, upgrade_id: int) -> None:
    """Its page says so, and another can be asked for."""
    upgrades.fail(upgrade_id, why=job.error or _("It was cancelled."))
