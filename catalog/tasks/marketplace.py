"""Bodies of the marketplace's jobs."""

from typing import Any

from django.utils import timezone

from catalog.actions.marketplace import template_checks
from catalog.models import TemplateVersion
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
