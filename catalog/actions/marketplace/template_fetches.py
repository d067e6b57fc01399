"""Fetching a template by a job: asked for, then brought like a bundle."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.actions.marketplace.template_imports import bring_repository
from catalog.actions.marketplace.template_rows import BadTemplate
from catalog.models import AppTemplate, TemplateVersion
from catalog.permissions_marketplace import denial_to_bring_template, denial_to_keep_template
from catalog.templating import fetch, jail
from portal.jobs import enqueue
from portal.models import Job, User
from portal.permissions import allow


@transaction.atomic
def ask(url: str, *, by: User, now: datetime, template: AppTemplate | None = None) -> Job:
    """Raises BadTemplate for an address that is not allowed, before anything is asked."""
    allow(denial_to_keep_template(by, template) if template else denial_to_bring_template(by, now=now))
    if fetch.prefix_of(url) is None:
        raise BadTemplate(
            _("This address is not among those that the portal fetches from. Bring a ZIP or a bundle instead.")
        )
    arguments: dict[str, Any] = {"url": url, "template_id": template.pk if template else None}
    place = reverse("catalog:template_desk")
    return enqueue(
        "catalog.fetch_template", by=by, title=_("Fetch %(url)s") % {"url": url}, result_url=place, **arguments
    )


def carry_out(url: str, *, by: User, now: datetime, template: AppTemplate | None) -> list[TemplateVersion]:
    """Raises FetchError or BadTemplate with a sentence."""
    with jail.folder() as folder:
        path = fetch.fetch(url, folder)
        return bring_repository(path, by=by, now=now, template=template, source_url=url)
