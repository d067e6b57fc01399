"""Bodies of the marketplace's jobs."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.marketplace import template_checks, template_fetches
from catalog.actions.marketplace.template_rows import BadTemplate
from catalog.models import AppTemplate, TemplateVersion
from catalog.templating.fetch import FetchError
from portal import jobs
from portal.models import Job
from portal.states import InvalidTransition


@jobs.body("catalog.check_template_version")
def check_template_version(job: Job, version_id: int) -> dict[str, Any]:
    version = TemplateVersion.objects.select_related("template__repository").get(pk=version_id)
    steps = iter(range(1, 10))

    def step(text: str) -> None:
        jobs.advance(job, step=text, progress=next(steps), total=3)

    try:
        version = template_checks.check(version, by=job.by, now=timezone.now(), step=step)
    except InvalidTransition as error:
        raise jobs.Refused(str(error)) from None
    return {"problems": len(version.problems)}


@jobs.body("catalog.fetch_template")
def fetch_template(job: Job, url: str, template_id: int | None) -> dict[str, Any]:
    template = AppTemplate.objects.get(pk=template_id) if template_id else None
    assert job.by is not None
    jobs.advance(job, step=_("Fetching the repository"))
    try:
        versions = template_fetches.carry_out(url, by=job.by, now=timezone.now(), template=template)
    except (FetchError, BadTemplate) as error:
        raise jobs.Refused(str(error)) from None
    return {"versions": [version.number for version in versions]}
