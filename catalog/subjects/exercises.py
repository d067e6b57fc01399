"""Checks the manifest that a learner wrote as a real one is checked: by its schema, and by the policies in force."""

from typing import Any

from django.utils.translation import gettext as _

from approvals.actions.policy_versions import policy_set_of
from approvals.engine import engine
from approvals.engine.cases import BASE, merged
from approvals.engine.inputs import evaluate
from approvals.models import Policy
from catalog import manifest
from training.courses.source import Exercise
from training.exercises import Result, register

SAME = ("name", "data_classification", "audience_size", "sla_tier", "business_unit", "cost_centre")


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
    for policy in found:
        assert policy.active is not None
        (verdict,) = evaluate(engine(), policy_set_of(policy.active), [asked])
        results.append(Result(policy.title, verdict.reasons if not verdict.passed else ()))
    return results


def manifest_name() -> str:
    return _("The file itself")


def document(text: str, values: dict[str, Any], connectors: list[dict[str, Any]]) -> dict[str, Any]:
    """The policy input of this manifest: what it does not say is as in an app that nobody could object to."""
    app = {key: values[key] for key in SAME} | {"tags": values.get("tags") or {}}
    app["lifespan_days"] = values.get("lifespan_days") or 90
    request = {"hosts": sorted(values["hosts"]), "connectors": connectors, "apps": sorted(values["apps"])}
    return merged(BASE, {}) | {
        "app": merged(BASE["app"], app) | {"tags": app["tags"]},
        "request": request,
        "manifest": text,
    }


register(check)
