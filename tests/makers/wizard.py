"""Filling in the clone wizard as a browser would."""

from typing import Any

from django.test import Client
from django.urls import reverse

from catalog.models import AppTemplate, CloneDraft
from portal.models import Job, User
from tests.makers.portal import make_cost_centre, make_unit


def steps(owner: User, second_owner: User, **changes: Any) -> dict[str, dict[str, Any]]:
    """What is typed in each step, by its address; `changes` are of any step."""
    typed: dict[str, dict[str, Any]] = {
        "name": {
            "name": "Leave desk",
            "purpose": "Staff ask for leave here.",
            "justification": "Saves an hour a week of mails.",
            "answer-shown": ["title", "steps"],
            "answer-title": "Leave in the shop",
            "answer-steps": "1",
        },
        "owner": {
            "owner": owner.email,
            "second_owner": second_owner.email,
            "contact": "leave@example.org",
            "business_unit": make_unit().code,
            "cost_centre": make_cost_centre().code,
        },
        "data": {
            "data_classification": "internal",
            "audience_size": "20",
            "hosts": "",
            "apps": "",
            "needs_nothing": "on",
        },
        "lifespan": {"lifespan_days": "90", "sla_tier": "best_effort", "tags": ""},
    }
    for name, value in changes.items():
        step = next((step for step, fields in typed.items() if name in fields), "name")
        typed[step][name] = value
    return typed


def begin(client: Client, template: AppTemplate) -> CloneDraft:
    client.post(reverse("catalog:clone_draft_create", args=[template.slug]))
    return CloneDraft.objects.select_related("by", "version", "template").latest("pk")


def fill_in(client: Client, draft: CloneDraft, typed: dict[str, dict[str, Any]]) -> None:
    for step, fields in typed.items():
        answer = client.post(reverse("catalog:clone_draft_edit", args=[draft.pk, step]), fields)
        assert answer.status_code == 303, (step, answer.content.decode()[:3_000])


def start(client: Client, draft: CloneDraft, *, then: str = "submit") -> Job:
    client.post(reverse("catalog:clone_create", args=[draft.pk]), {"then": then})
    return Job.objects.filter(name="catalog.make_clone").latest("pk")
