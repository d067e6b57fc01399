"""The templates the product ships with, put in place once; what is there already stays as it is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.actions.marketplace import publications, template_checks, template_imports, template_rows
from catalog.actions.marketplace.version_moves import lock, move
from catalog.models import AppTemplate, TemplateVersion
from catalog.starters.compose import KINDS, VERSIONS, compose
from catalog.template_states import VersionState
from catalog.templating.tree import Tree, tree_of


def load(*, now: datetime) -> list[AppTemplate]:
    """Those whose name is not there yet, with all their versions published."""
    made = []
    for kind in KINDS:
        trees = {number: tree(kind, number) for number in VERSIONS}
        name = template_rows.described_by(trees[VERSIONS[0]])["name"]
        if not AppTemplate.objects.filter(name=name).exists():
            made.append(ship(trees, now=now))
    return made


def tree(kind: str, number: str) -> Tree:
    return tree_of((path, content, False) for path, content in compose(kind, number).items())


def ship(trees: dict[str, Tree], *, now: datetime) -> AppTemplate:
    """One template, version by version, each checked like any other."""
    template: AppTemplate | None = None
    for number, files in trees.items():
        version = template_imports.bring_tree(files, number=number, by=None, now=now, template=template)
        version = template_checks.check(version, by=None, now=now)
        if version.problems:
            raise template_rows.BadTemplate(f"{version}: {version.problems}")
        publish(version, now=now)
        template = version.template
    assert template is not None
    return template


@transaction.atomic
def publish(version: TemplateVersion, *, now: datetime) -> None:
    """Without a reviewer: whoever installs the product has taken it."""
    version = lock(version)
    version.tests_waived = _("They ran when this release was built.")
    version.save(update_fields=["tests_waived"])
    version = move(version, VersionState.IN_REVIEW, by=None, now=now, verb="catalog.template_version_submitted")
    publications.publish(version, by=None, now=now, verb="catalog.template_shipped", facts={})
