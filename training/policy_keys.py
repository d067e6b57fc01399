"""The keys of questions that are bound to a policy: what the policy engine says to their input, with the version in force or
with another one."""

from collections.abc import Mapping

from approvals.actions.policy_versions import policy_set_of
from approvals.engine import PolicySet, engine
from approvals.engine.cases import BASE, merged
from approvals.engine.inputs import evaluate
from approvals.models import Policy
from approvals.models.policy import Mode
from training.questions.item import PolicyBinding


def keys_of(bindings: Mapping[int, PolicyBinding]) -> dict[int, bool | None]:
    """True where the policy passes the input. None where nobody can say: no such policy, turned off, or the engine failed."""
    slugs = {one.slug for one in bindings.values()}
    found = Policy.objects.filter(slug__in=slugs, active__isnull=False).exclude(mode=Mode.OFF).select_related("active")
    sets = {policy.slug: policy_set_of(policy.active) for policy in found if policy.active}
    return keys_with(bindings, sets)


def keys_with(bindings: Mapping[int, PolicyBinding], sets: Mapping[str, PolicySet]) -> dict[int, bool | None]:
    """The same with given policies, by slug; one call of the engine for each policy."""
    keys: dict[int, bool | None] = dict.fromkeys(bindings)
    for slug, policy_set in sets.items():
        asked = [number for number, one in bindings.items() if one.slug == slug]
        verdicts = evaluate(engine(), policy_set, [merged(BASE, bindings[number].input) for number in asked])
        for number, verdict in zip(asked, verdicts, strict=True):
            keys[number] = None if verdict.error else verdict.passed
    return keys
