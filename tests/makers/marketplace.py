"""Templates and clones for tests, small and real: brought, checked, reviewed and published by the real actions."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import yaml

from catalog.actions.marketplace import clones, publications, template_checks, template_imports
from catalog.models import AppTemplate, Clone, MicroApp, TemplateVersion
from catalog.states import AppState
from catalog.templating.tree import File, Tree
from portal.models import User
from portal.models.user import Role
from tests.makers.catalog import NOW, STEPS, approve, colleague, decide_for
from tests.makers.contracts import make_values
from tests.makers.portal import make_person
from tests.makers.training import make_award

METADATA: dict[str, Any] = {
    "version": 1,
    "name": "Leave approval",
    "summary": "Two-step leave requests with a stand-in approver.",
    "kind": "approval",
    "description": "Staff ask for leave, and the manager decides.",
    "gives": ["A page that works on a phone"],
    "pictures": [{"file": "pictures/page.svg", "text": "The page"}],
    "licence": "Apache-2.0",
    "badge": "none",
    "days_to_live": 2,
    "touches": {"data_classification": "internal", "connectors": [], "hosts": []},
    "release": {"security": False, "notes": "- The first version."},
    "examples": [{"name": "A store", "answers": {"title": "Leave in the store"}}],
}
QUESTIONS = """\
_subdirectory: template
_envops: {undefined: jinja2.StrictUndefined, keep_trailing_newline: true}
title:
  type: str
  help: What shall stands above the page?
  default: Leave requests
  validator: "{% if title|length < 3 %}Write at least three letters.{% endif %}"
steps:
  type: int
  help: How many people decide?
  default: 1
  choices: {One: 1, Two: 2}
stand_in:
  type: bool
  help: May somebody stand in?
  default: true
  when: "{{ steps == 2 }}"
"""
PAGE = (
    "<!doctype html>\n<html lang=en>\n<title>{{ title|e }}</title>\n<h1>{{ title|e }}</h1>\n<p>{{ app.name|e }}</p>\n"
)
TEST = """\
import test from "node:test";
import { days } from "../src/days.mjs";
test("counts", () => { if (days(1, 3) !== 2) throw Error(); });
"""


def make_tree(*, files: dict[str, str] | None = None, without: tuple[str, ...] = (), **metadata: Any) -> Tree:
    """The files of a template. `files` come on top, `metadata` replaces what template.yaml says."""
    texts = {
        "template.yaml": yaml.safe_dump({**METADATA, **metadata}, sort_keys=False),
        "copier.yml": QUESTIONS,
        "template/index.html.jinja": PAGE,
        "template/microapp.yaml.jinja": "{{ app.manifest }}",
        "template/README.md": "# How it works\n\nOpen index.html.\n",
        "pictures/page.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 36"><rect width="64" height="36"/></svg>',
        "template/src/days.mjs": "export const days = (from, to) => to - from;\n",
        "template/tests/days.test.mjs": TEST,
        "template/{{ _copier_conf.answers_file }}.jinja": "{{ _copier_answers|to_nice_yaml }}",
        **(files or {}),
    }
    return {path: File(text.encode()) for path, text in texts.items() if path not in without}


def keeper(now: datetime = NOW) -> User:
    """Staff who keep the templates of the tests, with the badge that publishing asks for."""
    person = colleague("Ilse Maar", Role.STAFF)
    if not person.awards.exists():
        make_award(person, ago=90, slug="template-keeping", level=2, title="Template keeping")
    return person


def bring(
    number: str = "1.0.0",
    *,
    template: AppTemplate | None = None,
    by: User | None = None,
    now: datetime = NOW,
    **changes: Any,
) -> TemplateVersion:
    """A version as it was brought, not yet checked."""
    tree = make_tree(**changes)
    return template_imports.bring_tree(tree, number=number, by=by or keeper(now), now=now, template=template)


def check(version: TemplateVersion, *, now: datetime = NOW) -> TemplateVersion:
    return template_checks.check(version, by=None, now=now)


def publish(version: TemplateVersion, *, now: datetime = NOW) -> TemplateVersion:
    """Checked, sent for review, and approved by somebody else."""
    version = check(version, now=now)
    assert not version.problems, version.problems
    request = publications.submit(version, by=keeper(now), now=now, tests_waived="They ran elsewhere.")
    decide_for(request, now)
    version.refresh_from_db()
    return version


def make_template(numbers: tuple[str, ...] = ("1.0.0", "1.1.0"), *, now: datetime = NOW, **changes: Any) -> AppTemplate:
    """A published template; each version says its number in its README."""
    template: AppTemplate | None = None
    for number in numbers:
        files = {"template/NEWS.md": f"# Version {number}\n", **changes.get("files", {})}
        version = publish(bring(number, template=template, now=now, **{**changes, "files": files}), now=now)
        template = version.template
    assert template is not None
    template.refresh_from_db()
    return template


def make_clone(
    template: AppTemplate,
    *,
    owner: User | None = None,
    number: str | None = None,
    name: str = "Leave desk",
    state: AppState = AppState.DRAFT,
    answers: dict[str, Any] | None = None,
    now: datetime = NOW,
) -> Clone:
    """An app made from a version (the newest unless told), brought to `state` by real moves."""
    owner = owner or User.objects.filter(email="priya.nair@example.org").first() or make_person("Priya Nair")
    second = User.objects.filter(email="tomas.ruiz@example.org").first() or make_person("Tomas Ruiz")
    version = template.versions.get(number=number) if number else template.latest
    assert version is not None
    values = make_values(owner, second, name=name)
    clone = clones.make(version, by=owner, values=values, answers=answers or {"title": "Leave"}, now=now, key=uuid4())
    if state != AppState.DRAFT:
        STEPS["submit"](clone.app, now)
    if state not in (AppState.DRAFT, AppState.IN_REVIEW):
        app = MicroApp.objects.get(pk=clone.app_id)
        if app.state == AppState.IN_REVIEW:
            approve(app, now)
    if state == AppState.ARCHIVED:
        STEPS["archive"](MicroApp.objects.get(pk=clone.app_id), now)
    return Clone.objects.select_related("app", "template", "version", "repository").get(pk=clone.pk)
