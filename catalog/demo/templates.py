"""How Halden builds from templates: the shipped ones and a few of its own, cloned, rated, wished for; some are behind."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import yaml

from approvals.models import ApprovalRequest
from catalog.actions import submissions
from catalog.actions.marketplace import (
    campaigns,
    clones,
    collections,
    publications,
    ratings,
    starters,
    template_checks,
    template_imports,
    templates,
    wishes,
)
from catalog.demo.governance import approve
from catalog.models import AppTemplate, Clone, MicroApp, TemplateVersion
from catalog.starters.compose import compose
from catalog.states import AppState
from catalog.templating.questions import asked
from catalog.templating.tree import Tree, tree_of
from portal.models import User

# Who wrote it, what it is made of, and what the marketplace says of it.
OWN: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("ben.clarke", "approval", {
        "name": "Leave approval", "summary": "Two-step leave requests with a stand-in approver and a calendar.",
        "touches": {"data_classification": "internal", "connectors": ["hr-system", "microsoft-365"], "hosts": []},
        "days_to_live": 2, "badge": "none",
    }),
    ("priya.nair", "dashboard", {
        "name": "Inventory by store", "summary": "Stock levels each morning, with a word on what runs low.",
        "touches": {"data_classification": "internal", "connectors": ["stock"], "hosts": []}, "days_to_live": 4,
        "badge": "foundations",
    }),
    ("ben.clarke", "form", {
        "name": "Visitor check-in", "summary": "Front-desk sign-in that tells the host.",
        "touches": {"data_classification": "internal", "connectors": ["microsoft-365"], "hosts": []}, "days_to_live": 1,
        "badge": "none",
    }),
    ("priya.nair", "checklist", {
        "name": "Site safety walk", "summary": "A phone checklist for the weekly round, with what was skipped and why.",
        "touches": {"data_classification": "internal", "connectors": [], "hosts": []}, "days_to_live": 1, "badge": "none",
    }),
    ("ben.clarke", "tracker", {
        "name": "Supplier onboarding", "summary": "Follows a new supplier from request to first order, step by step.",
        "touches": {"data_classification": "confidential", "connectors": ["erp"], "hosts": []}, "days_to_live": 6,
        "badge": "builder",
    }),
)  # fmt: skip
# Owner, second owner, template, version, name and purpose of the app, and the stars that the owner gives.
CLONES: tuple[tuple[str, str, str, str, str, str, int, str], ...] = (
    ("priya.nair", "tomas.ruiz", "Phone checklist", "1.0.0", "Opening round north", "Before a store opens, in order.", 5, ""),
    ("lucia.moretti", "tomas.ruiz", "Phone checklist", "1.0.0", "Closing round Milan", "Before the last one leaves.", 4, ""),
    ("kofi.mensah", "sofia.lindqvist", "Request form", "1.1.0", "Loyalty questions", "What members ask in the store.", 5, ""),
    ("david.osei", "petra.kralova", "Two-step approval", "1.0.0", "Small purchases south", "Below 5,000, in two steps.", 4, ""),
    ("anja.bauer", "rafael.santos", "Deadline tracker", "1.1.0", "Carrier contracts", "When each carrier's contract ends.", 2,
     "It needs a second warning day for long notice periods."),
    ("erik.johansen", "amara.diallo", "Leave approval", "1.0.0", "Leave in HR services", "Leave of the team.", 5, ""),
)  # fmt: skip
WISHES = (
    ("nina.petrova", "Interview schedule", "Five people, one room, one afternoon: we do it by mail today.", 4),
    ("hannah.fischer", "Energy by site", "A page with the use of each site, for the site managers.", 3),
    ("callum.reid", "Lost and found", "What was found in the store, with a picture.", 1),
)
COLLECTIONS = (
    (
        "Good first app",
        "Small, useful, and live within a day or two.",
        ("Phone checklist", "Request form", "Site safety walk"),
    ),
    (
        "Replace an approval by mail",
        "Ask, see who decides, and keep the record.",
        ("Two-step approval", "Leave approval"),
    ),
    ("On a phone", "Made for the shop floor.", ("Phone checklist", "Site safety walk", "Visitor check-in")),
)


def build(people: dict[str, User], now: datetime) -> None:
    """In the last weeks before the demo is loaded."""
    starters.load(now=now - timedelta(days=40))
    for author, kind, described in OWN:
        publish(tree(kind, described), people[author], people, now - timedelta(days=30))
    offered = {template.name: template for template in AppTemplate.objects.select_related("latest")}
    for number, row in enumerate(CLONES):
        clone(row, offered, people, now - timedelta(days=26 - 3 * number))
    for asker, title, why, voices in WISHES:
        wish = wishes.ask(title=title, why=why, by=people[asker], now=now - timedelta(days=9))
        for voter in [person for name, person in people.items() if name != asker][:voices]:
            wishes.vote(wish, wanted=True, by=voter, now=now - timedelta(days=3))
    ana = people["ana.kovac"]
    for title, summary, names in COLLECTIONS:
        collections.keep(None, title=title, summary=summary, templates=[offered[n] for n in names], by=ana, now=now)
    for name in ("Leave approval", "Inventory by store"):
        templates.feature(offered[name], featured=True, by=ana, now=now - timedelta(days=5))
    campaigns.tell_of_versions(now=now - timedelta(hours=1))
    latest = offered["Phone checklist"].latest
    assert latest is not None
    reason = "Links in the app tell nobody any more where they were followed."
    day = (now + timedelta(days=12)).date()
    campaigns.call(
        offered["Phone checklist"], target=latest, reason=reason, due_on=day, by=ana, now=now - timedelta(hours=1)
    )


def tree(kind: str, described: dict[str, Any]) -> Tree:
    """The shipped template of that kind, under another name."""
    files = compose(kind, "1.1.0")
    said = yaml.safe_load(files["template.yaml"])
    said |= {**described, "examples": [], "release": {"security": False, "notes": "- The first version."}}
    files["template.yaml"] = yaml.safe_dump(said, sort_keys=False, allow_unicode=True).encode()
    return tree_of((path, content, False) for path, content in files.items())


def publish(files: Tree, author: User, people: dict[str, User], moment: datetime) -> TemplateVersion:
    version = template_imports.bring_tree(files, number="1.0.0", by=author, now=moment)
    version = template_checks.check(version, by=author, now=moment)
    waived = "They run in the workflow of the repository it came from."
    request = publications.submit(version, by=author, now=moment + timedelta(hours=2), tests_waived=waived)
    approve(request, people, moment + timedelta(hours=6))
    return version


def clone(row: tuple[Any, ...], offered: dict[str, AppTemplate], people: dict[str, User], moment: datetime) -> None:
    """Made, sent for review, decided, and rated."""
    owner, second, template_name, number, name, purpose, stars, why = row
    by, template = people[owner], offered[template_name]
    values = {
        "name": name, "purpose": purpose, "justification": "It replaces a list that was kept by hand.", "owner": by,
        "second_owner": people[second], "contact": by.email, "business_unit": by.business_unit, "cost_centre": by.cost_centre,
        "data_classification": template.data_classification, "audience_size": 30, "sla_tier": "best_effort",
        "lifespan_days": 90, "connectors": [], "hosts": [], "apps": [], "tags": {}, "url": "", "repository_url": "",
    }  # fmt: skip
    version = template.versions.get(number=number)
    answers = {question["name"]: question["default"] for question in asked(version.questions)}
    made = clones.make(version, by=by, values=values, answers=answers, now=moment, key=uuid4())
    request = submissions.submit(made.app, by=by, now=moment)
    approve(ApprovalRequest.objects.get(pk=request.pk), people, moment + timedelta(hours=5))
    if MicroApp.objects.get(pk=made.app_id).state == AppState.ACTIVE and Clone.objects.filter(pk=made.pk).exists():
        ratings.rate(template, stars=stars, reason=why, by=by, now=moment + timedelta(days=1))
