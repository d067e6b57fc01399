"""Making a template of an app: checked for what can be reused, then brought as a first version with the owner as author."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.actions.marketplace import repositories, template_imports
from catalog.actions.marketplace.template_rows import BadTemplate
from catalog.models import Clone, TemplateVersion
from catalog.permissions_marketplace import denial_to_use_repository
from catalog.template_states import VersionState
from catalog.templating import from_app, git, support
from catalog.templating.support import Support
from catalog.templating.tree import Tree
from portal.models import User
from portal.permissions import allow

FIRST = "1.0.0"


@dataclass(frozen=True)
class Look:
    """The app's files as they are in main, and what can be reused of them."""

    app: Tree
    support: Support


def look_at(clone: Clone) -> Look:
    with repositories.opened(repositories.by_number(clone.repository_id)) as path:
        app, rendered = git.read(path, git.MAIN), git.read(path, clone.base)
    return Look(app, support.support(app, rendered=rendered, known=from_app.addresses(words_of(clone))))


def words_of(clone: Clone) -> dict[str, str]:
    """What the app is called now, by the words of a template."""
    app = clone.app
    people = {"contact": app.contact, "owner": app.owner.email, "second_owner": app.second_owner.email}
    return {"name": app.name, "slug": app.slug, **people}


@transaction.atomic
def propose(clone: Clone, look: Look, *, described: Mapping[str, Any], by: User, now: datetime) -> TemplateVersion:
    """A draft that goes through check and review like any other, made of what was looked at. Raises BadTemplate when that
    cannot be reused. The same proposed twice is one, as long as it waits."""
    allow(denial_to_use_repository(by, clone.app))
    Clone.objects.select_for_update().filter(pk=clone.pk).get()
    made = TemplateVersion.objects.filter(
        template__origin=clone.app, template__name=described["name"], template__latest=None
    )
    if (twin := made.exclude(state=VersionState.DISCARDED).select_related("template").first()) is not None:
        return twin
    if look.support.outcome == support.NOT:
        raise BadTemplate(next(line.sentence for line in look.support.lines if line.outcome == support.NOT))
    tree = from_app.template_of(look.app, words_of(clone), described)
    return template_imports.bring_tree(tree, number=FIRST, by=by, now=now, origin=clone.app)
