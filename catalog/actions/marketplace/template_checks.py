"""Checking a version before anybody reviews it: it is read, rendered with its defaults and examples, judged by the policies in
force, and its own tests are run. What was found is kept with the version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from approvals import rules
from approvals.models import Policy
from approvals.models.policy import Mode
from approvals.risk import RiskFacts, assess
from catalog import app_words, manifest
from catalog.actions.marketplace import repositories
from catalog.actions.marketplace.version_moves import lock, move
from catalog.manifest_checks import document, verdicts
from catalog.models import Connector, TemplateVersion
from catalog.models.connector import ConnectorStatus
from catalog.template_states import VersionState
from catalog.templating import app_tests, render
from catalog.templating.lint import Linted, lint
from catalog.templating.problems import Problem
from catalog.templating.tree import BadTree, File, Tree
from portal.models import User
from portal.states import InvalidTransition

MANIFEST = "microapp.yaml"
LONGEST_LISTING = 200


@dataclass(frozen=True)
class Example:
    name: str
    answers: Mapping[str, Any]


def check(
    version: TemplateVersion, *, by: User | None, now: datetime, step: Any = lambda text: None
) -> TemplateVersion:
    """Find out, then write what was found: a version without a problem is checked, else it is a draft again."""
    if version.state not in (VersionState.DRAFT, VersionState.CHECKED):
        raise InvalidTransition(
            _("Only a draft is checked. This version is %(state)s.") % {"state": version.get_state_display()}
        )
    try:
        assert version.template.repository is not None
        tree = repositories.files(version.template.repository, version.commit)
    except BadTree as error:
        return write(version, Linted({}, [], [Problem(str(error))], []), [], by=by, now=now)
    step(_("Reading the template"))
    linted = lint(tree)
    linted.problems.extend(connector_problems(linted.metadata))
    renders = [] if linted.problems else rendered(version, tree, linted, step)
    return write(version, linted, renders, by=by, now=now)


def connector_problems(described: Mapping[str, Any]) -> list[Problem]:
    """Connectors that this portal does not have, or has blocked."""
    named = described.get("touches", {}).get("connectors", [])
    standing = dict(Connector.objects.filter(slug__in=named).values_list("slug", "status"))
    found = []
    for slug in named:
        if slug not in standing:
            found.append(
                Problem(
                    _("This portal has no connector “%(slug)s”. Propose it first.") % {"slug": slug}, "template.yaml"
                )
            )
        elif standing[slug] in (ConnectorStatus.BLOCKED, ConnectorStatus.DECLINED):
            found.append(Problem(_("The connector “%(slug)s” may not be used.") % {"slug": slug}, "template.yaml"))
    return found


def examples_of(described: Mapping[str, Any]) -> list[Example]:
    return [Example(_("Defaults"), {}), *(Example(one["name"], one["answers"]) for one in described["examples"])]


def rendered(version: TemplateVersion, tree: Tree, linted: Linted, step: Any) -> list[dict[str, Any]]:
    """Each example: what came out, what the policies say of it, and how its tests went."""
    touched = linted.metadata["touches"]
    contract = app_words.sample(**touched)
    words = app_words.words(contract, slug="sample-app")
    examples = examples_of(linted.metadata)
    step(_("Rendering with its defaults and examples"))
    results = render.render_all(
        tree, [{**example.answers, "app": words} for example in examples], origin=origin_of(version)
    )
    step(_("Running policy checks and tests"))
    policies = list(Policy.objects.in_force().order_by("title"))
    connectors = list(Connector.objects.filter(slug__in=touched["connectors"]).order_by("slug"))
    return [told(example, result, policies, connectors) for example, result in zip(examples, results, strict=True)]


def told(
    example: Example,
    result: Mapping[str, File] | render.RenderError,
    policies: Sequence[Policy],
    connectors: Sequence[Connector],
) -> dict[str, Any]:
    """One rendering as plain data."""
    if isinstance(result, render.RenderError):
        return {"name": example.name, "ok": False, "sentence": str(result)}
    tested = app_tests.run(result)
    sentence, judged = judge(result, policies, connectors)
    return {
        "name": example.name,
        "ok": not sentence,
        "sentence": sentence,
        "files": [[path, len(file.content)] for path, file in sorted(result.items())][:LONGEST_LISTING],
        "policies": judged,
        "tests": {"state": tested.state, "files": tested.files, "said": tested.said},
    }


def judge(
    app: Mapping[str, File], policies: Sequence[Policy], connectors: Sequence[Connector]
) -> tuple[str, list[dict[str, Any]]]:
    """What keeps the app from being taken in, if anything, and what each policy says."""
    if MANIFEST not in app:
        return _("It has no microapp.yaml. Put one in that holds {{ app.manifest }}."), []
    text = app[MANIFEST].text or ""
    read = manifest.read(text)
    if read.problems:
        return f"{MANIFEST}: {read.problems[0]}", []
    known = [
        {"slug": one.slug, "name": one.name, "status": one.status, "data_classes": sorted(one.data_classes)}
        for one in connectors
        if one.slug in read.values["connectors"]
    ]
    judged = [
        {
            "slug": policy.slug,
            "title": policy.title,
            "mode": policy.mode,
            "passed": verdict.passed,
            "reasons": list(verdict.reasons),
        }
        for policy, verdict in verdicts(policies, document(text, read.values, known))
    ]
    failing = [one["title"] for one in judged if not one["passed"] and one["mode"] == Mode.ENFORCE]
    return (_("It fails the policy “%(policy)s”.") % {"policy": failing[0]} if failing else ""), judged


def origin_of(version: TemplateVersion) -> render.Origin:
    """The address under which git and Copier find the template from outside."""
    return render.Origin(f"{settings.SITE_URL}/git/templates/{version.template.slug}.git", version.number)


@transaction.atomic
def write(
    version: TemplateVersion, linted: Linted, renders: list[dict[str, Any]], *, by: User | None, now: datetime
) -> TemplateVersion:
    """Keep what was found, and move the version accordingly."""
    version = lock(version)
    problems = [*linted.problems, *problems_of(renders)]
    version.report = {
        "problems": [problem.as_json() for problem in problems],
        "warnings": [warning.as_json() for warning in linted.warnings],
        "renders": renders,
    }
    version.questions = linted.questions
    version.metadata = linted.metadata or version.metadata
    version.risk = risk_of(version.metadata)
    version.save(update_fields=["report", "questions", "metadata", "risk"])
    to = VersionState.DRAFT if problems else VersionState.CHECKED
    if to != version.state:
        verb = "catalog.template_version_failed" if problems else "catalog.template_version_checked"
        version = move(version, to, by=by, now=now, verb=verb, facts={"problems": len(problems)})
    return version


def problems_of(renders: list[dict[str, Any]]) -> list[Problem]:
    """What the renderings found, as problems: one that failed, and tests that failed."""
    found = []
    for one in renders:
        if not one["ok"]:
            found.append(Problem(_("With “%(example)s”: %(why)s") % {"example": one["name"], "why": one["sentence"]}))
        elif one["tests"]["state"] == app_tests.FAILED:
            found.append(Problem(_("With “%(example)s” its tests fail.") % {"example": one["name"]}))
    return found


def risk_of(described: Mapping[str, Any]) -> str:
    """The tier by what it touches: what a maker adds comes on top."""
    touched = described.get("touches") or {}
    named = Connector.objects.filter(slug__in=touched.get("connectors", []))
    facts = RiskFacts(
        data_classification=touched.get("data_classification", "internal"),
        hosts=tuple(sorted(touched.get("hosts", []))),
        unreviewed_connectors=tuple(one.name for one in named if one.status == ConnectorStatus.PROPOSED),
        certification="",
    )
    return assess(facts, rules.standing("risk").values).tier


def tests_state(version: TemplateVersion) -> str:
    """The worst of its renderings: failed, not_run, none or passed; empty before the check."""
    states = {one["tests"]["state"] for one in version.report.get("renders", []) if one.get("tests")}
    order = (app_tests.FAILED, app_tests.NOT_RUN, app_tests.NONE, app_tests.PASSED)
    return next((state for state in order if state in states), "")
