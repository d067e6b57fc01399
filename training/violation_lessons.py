"""A violation assigns the course that teaches its policy to whoever answers for the thing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from approvals import violation_watch
from approvals.models import Policy, Violation
from portal.models import User
from training.actions import enrolments
from training.models import Course, Enrolment
from training.states import EnrolmentSource

DAYS = 14
FRESH = timedelta(days=90)  # who finished the course within this time is not sent back to it


def assign(policy: Policy, rows: Sequence[Violation], now: datetime) -> None:
    """The first course that names the policy, once for each owner however many things of theirs violate it."""
    found = Course.objects.open().filter(current__policies__contains=[policy.slug])
    course = found.select_related("current").order_by("current__level", "slug").first()
    if course is None:
        return
    titles = {row.owner_id: row.title for row in reversed(rows)}
    owners = User.objects.filter(pk__in=titles).select_related("steward")
    fresh = set(Enrolment.objects.filter(course=course, completed_at__gte=now - FRESH).values_list("user", flat=True))
    reason = _("“%(title)s” violates the policy “%(policy)s”. This course covers it.")
    for owner in owners:
        learner = owner.steward or owner
        if learner.pk not in fresh:
            due = learner.local_date(now) + timedelta(days=DAYS)
            said = reason % {"title": titles[owner.pk], "policy": policy.title}
            enrolments.assign(
                course, [learner], due_on=due, reason=said[:300], by=None, now=now, source=EnrolmentSource.VIOLATION
            )


violation_watch.register(assign)
