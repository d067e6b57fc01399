"""What training does with a policy that changes: names the questions whose key it turns, and asks the holders of badges."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from approvals import activations
from approvals.actions.policy_versions import policy_set_of
from approvals.activations import Dependent
from approvals.models import PolicyVersion
from training import policy_keys
from training.actions import recertifications
from training.models import Course, Question
from training.questions import codec


def turned(version: PolicyVersion) -> list[Dependent]:
    """Questions of published courses whose answer would be another with this version: their texts want a look first."""
    slug = version.policy.slug
    current = Course.objects.filter(current__isnull=False).values("current")
    rows = list(Question.objects.filter(policy_slug=slug, version__in=current).select_related("version__course"))
    items = {row.pk: codec.read(row.content) for row in rows}
    bindings = {pk: item.policy for pk, item in items.items() if item.policy}
    now, then = policy_keys.keys_of(bindings), policy_keys.keys_with(bindings, {slug: policy_set_of(version)})
    said = _("The question %(question)s of %(course)s would have another answer. Look at its text and explanation.")
    return [
        Dependent(
            said % {"question": row.key, "course": row.version.title},
            reverse("training:question_list", args=[row.version.course.slug]),
        )
        for row in rows
        if now.get(row.pk) is not None and then.get(row.pk) != now[row.pk]
    ]


def changed(version: PolicyVersion, now: datetime) -> None:
    policy = version.policy
    recertifications.after_policy(
        policy.slug,
        version.number,
        title=policy.title,
        severity=policy.severity,
        url=reverse("approvals:policy_detail", args=[policy.slug]),
        now=now,
    )


activations.register(turned, changed)
