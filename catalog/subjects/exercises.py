"""Checks the manifest that a learner wrote as a real one is checked: by its schema, and by the policies in force."""

from django.utils.translation import gettext as _

from approvals.models import Policy
from catalog import manifest
from catalog.manifest_checks import document, verdicts
from training.courses.source import Exercise
from training.exercises import Result, register


def check(text: str, task: Exercise) -> list[Result]:
    """The file first: what cannot be read cannot be checked."""
    read = manifest.read(text)
    if read.problems:
        return [Result(manifest_name(), tuple(str(problem) for problem in read.problems))]
    values = read.values
    known = {str(one["slug"]): one for one in task.connectors}
    unknown = [slug for slug in values["connectors"] if slug not in known]
    if unknown:
        said = _("This task knows no connector “%(slug)s”. It knows: %(known)s.")
        listed = ", ".join(sorted(known)) or _("none")
        return [Result(manifest_name(), tuple(said % {"slug": slug, "known": listed} for slug in unknown))]
    asked = document(text, values, [dict(known[slug]) for slug in values["connectors"]])
    found = (
        Policy.objects.filter(slug__in=task.policies, active__isnull=False).select_related("active").order_by("title")
    )
    results = [Result(manifest_name(), ())]
    for policy, verdict in verdicts(found, asked):
        results.append(Result(policy.title, verdict.reasons if not verdict.passed else ()))
    return results


def manifest_name() -> str:
    return _("The file itself")


register(check)
