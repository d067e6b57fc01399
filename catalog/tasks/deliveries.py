"""The job that pushes an app's source to a git host."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.marketplace import deliveries
from catalog.models import Clone, Delivery
from catalog.remotes import RemoteError
from portal import jobs
from portal.models import Job
from portal.states import InvalidTransition


@jobs.body("catalog.push_source")
def push_source(job: Job, delivery_id: int) -> dict[str, Any]:
    delivery = Delivery.objects.select_related("by").get(pk=delivery_id)
    clone = Clone.objects.select_related("app").get(repository=delivery.repository_id)
    try:
        deliveries.carry_out(delivery, clone, now=timezone.now())
    except (RemoteError, InvalidTransition) as error:
        raise jobs.Refused(str(error)) from None
    return {"url": delivery.url}


@jobs.given_up("catalog.push_source")
def push_given_up(job: Job, delivery_id: int) -> None:
    """The source page says so, and the next push can be asked for."""
    deliveries.fail(delivery_id, why=job.error or _("It was cancelled."), now=timezone.now())
