"""Where an app stands among its template's versions."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from catalog.models import Clone, Upgrade
from catalog.models.marketplace.upgrade import UpgradeState
from catalog.notifications.upgrades import ASKS
from catalog.templating import git
from portal import audit
from portal.models import User
from portal.notifications import close


def settle(clone: Clone, path: Path, *, by: User | None, now: datetime) -> Clone:
    """Move the lineage on when an upgrade that was applied has arrived in main. On a locked repository, before it is put
    back."""
    waiting = Upgrade.objects.filter(clone=clone, state=UpgradeState.APPLIED, arrived_at=None).select_related("target")
    for upgrade in waiting.order_by("pk"):
        if git.is_ancestor(path, upgrade.merged, git.MAIN):
            git.point(path, git.TEMPLATE, upgrade.base)
            arrive(upgrade, clone, by=by, now=now)
    return clone


def arrive(upgrade: Upgrade, clone: Clone, *, by: User | None, now: datetime) -> None:
    """The app stands on the version of this upgrade from now on."""
    before = clone.version.number
    Upgrade.objects.filter(pk=upgrade.pk).update(arrived_at=now)
    clone.version, clone.base = upgrade.target, upgrade.base
    clone.answers = upgrade.answers
    clone.save(update_fields=["version", "base", "answers"])
    facts = {"from": before, "to": upgrade.target.number}
    close(clone, kinds=ASKS, now=now)
    audit.record("catalog.app_upgraded", clone.app, by=by, now=now, facts=facts)


audit.register(catalog__app_upgraded=audit.Verb(_("Upgraded to a version of its template"), "git-merge", "ok"))
