"""A manifest as the policies in force see it, before there is an app: of a template's rendering or of a learner's file."""

from collections.abc import Iterable, Mapping
from typing import Any

from approvals.actions.policy_versions import policy_set_of
from approvals.engine import Verdict, engine
from approvals.engine.cases import BASE, merged
from approvals.engine.inputs import evaluate
from approvals.models import Policy

SAME = ("name", "data_classification", "audience_size", "sla_tier", "business_unit", "cost_centre")


def document(text: str, values: Mapping[str, Any], connectors: list[dict[str, Any]]) -> dict[str, Any]:
    """The policy input of this manifest: what it does not say is as in an app that nobody could object to."""
    app = {key: values[key] for key in SAME} | {"tags": values.get("tags") or {}}
    app["lifespan_days"] = values.get("lifespan_days") or 90
    request = {"hosts": sorted(values["hosts"]), "connectors": connectors, "apps": sorted(values["apps"])}
    return merged(BASE, {}) | {
        "app": merged(BASE["app"], app) | {"tags": app["tags"]},
        "request": request,
        "manifest": text,
    }


def verdicts(policies: Iterable[Policy], asked: Mapping[str, Any]) -> list[tuple[Policy, Verdict]]:
    """What each policy, which has an active version, says of one document."""
    return [
        (policy, evaluate(engine(), policy_set_of(policy.active), [asked])[0]) for policy in policies if policy.active
    ]
