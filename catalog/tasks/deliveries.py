"""The job that pushes an app's source to a git host."""

from typing import Any

from django.utils import timezone

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
        deliveries.fail(delivery, why=str(error), now=timezone.now())
        raise jobs.Refused(str(error)) from None
    return {"url": delivery.url}
