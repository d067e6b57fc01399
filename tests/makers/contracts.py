"""The values of a full contract, as a form or an import hands them over."""

from typing import Any

from portal.models import User
from tests.makers.portal import make_cost_centre, make_unit


def make_values(owner: User, second_owner: User, /, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Shift swap",
        "purpose": "Colleagues trade shifts and the manager confirms.",
        "justification": "Saves each store manager an hour a week of phone calls.",
        "owner": owner,
        "second_owner": second_owner,
        "contact": "stores@example.org",
        "business_unit": make_unit(),
        "cost_centre": make_cost_centre(),
        "data_classification": "internal",
        "audience_size": 40,
        "sla_tier": "best_effort",
        "lifespan_days": 90,
        "url": "",
        "repository_url": "",
        "connectors": [],
        "hosts": [],
        "apps": [],
        **changes,
    }
