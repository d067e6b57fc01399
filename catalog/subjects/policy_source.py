"""Micro apps as policies see them: the documents of many apps in a constant number of queries."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.check_sources import Checked, register
from catalog.actions.submissions import SOURCE
from catalog.models import MicroApp, Sbom
from catalog.policy_input import document_of, holders
from catalog.states import LIVE_STATES


class MicroApps:
    kind = SOURCE
    label: str | Promise = _("Micro app")

    def live_ids(self) -> Sequence[int]:
        return list(MicroApp.objects.filter(state__in=LIVE_STATES).order_by("pk").values_list("pk", flat=True))

    def owner_ids(self) -> set[int]:
        return set(MicroApp.objects.filter(state__in=LIVE_STATES).values_list("owner", flat=True).distinct())

    def things(self, ids: Sequence[int], *, now: datetime) -> list[Checked]:
        apps = list(
            MicroApp.objects.filter(pk__in=ids)
            .select_related("owner", "second_owner", "business_unit", "cost_centre", "figures")
            .prefetch_related("connector_uses__connector", "hosts", "needs__needed", current_sbom())
            .order_by("pk")
        )
        held = holders(apps, now=now)
        return [checked(app, held) for app in apps]


def checked(app: MicroApp, held: Mapping[int, str]) -> Checked:
    return Checked(
        kind=SOURCE,
        id=app.pk,
        title=app.name,
        url=app.get_absolute_url(),
        owner_id=app.owner_id,
        second_owner_id=app.second_owner_id,
        business_unit_id=app.business_unit_id,
        input=document_of(app, held),
    )


def current_sbom() -> "Prefetch[Any]":
    return Prefetch("sboms", Sbom.objects.filter(is_current=True), to_attr="current_sboms")


register(MicroApps())
