"""What a browser posts from the form of an app."""

from typing import Any

from portal.models import User
from tests.makers.portal import make_cost_centre, make_unit


def make_post(owner: User, second_owner: User, /, **changes: Any) -> dict[str, Any]:
    make_unit()
    make_cost_centre()
    return {
        "name": "Shift swap",
        "purpose": "Colleagues trade shifts.",
        "justification": "Saves an hour a week.",
        "owner": owner.email,
        "second_owner": second_owner.email,
        "contact": "stores@example.org",
        "business_unit": "retail",
        "cost_centre": "410220",
        "data_classification": "internal",
        "audience_size": "40",
        "sla_tier": "best_effort",
        "lifespan_days": "90",
        "needs_nothing": "on",
        "then": "draft",
        **changes,
    }
