"""Making an app from a template: rendered first, then registered with its repository in one transaction. Nothing half-made
stays, and a worker that dies in the middle is followed by another that begins again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import app_words
from catalog.actions import micro_apps
from catalog.actions.marketplace import repositories
from catalog.actions.marketplace.template_checks import origin_of
from catalog.models import Clone, TemplateVersion
from catalog.templating import git, questions, render
from catalog.templating.tree import File, Tree
from portal import audit
from portal.models import User

MOST_TRIES = (
    20  # of several workers with the same name, one wins each time: a loser of twenty rounds is a fault elsewhere
)
Step = Callable[[str], None]


class AddressTaken(Exception):
    """Somebody took the app's address while it was rendered."""


def make(
    version: TemplateVersion,
    *,
    by: User,
    values: Mapping[str, Any],
    answers: Mapping[str, Any],
    now: datetime,
    key: UUID | None = None,
    step: Step = lambda text: None,
) -> Clone:
    """A draft app with its repository. With a `key`, asking twice gives the first one back. Raises RenderError."""
    if key and (twin := Clone.objects.filter(app__creation_key=key, app__created_by=by).first()):
        return twin
    assert version.template.repository is not None
    tree = repositories.files(version.template.repository, version.commit)
    for _try in range(MOST_TRIES):
        slug = micro_apps.free_slug(slugify(values["name"])[: micro_apps.LONGEST_SLUG].strip("-") or "app")
        contract = with_repository(values, slug)
        step(_("Rendering the template"))
        files = rendered(version, tree, contract, answers, slug)
        step(_("Registering the app and its repository"))
        try:
            return register(version, files, slug, by=by, values=contract, answers=answers, now=now, key=key)
        except AddressTaken:
            continue
    raise render.RenderError(
        "address", _("The address of the app was taken again and again. Give the app another name.")
    )


def with_repository(values: Mapping[str, Any], slug: str) -> dict[str, Any]:
    """The contract, with the repository here where none was named."""
    return {**values, "repository_url": values.get("repository_url") or repository_address(slug)}


def repository_address(slug: str) -> str:
    return f"{settings.SITE_URL}/git/apps/{slug}.git"


def rendered(
    version: TemplateVersion, tree: Tree, values: Mapping[str, Any], answers: Mapping[str, Any], slug: str
) -> dict[str, File]:
    words = words_of(app_words.plain(values), slug)
    return render.render(tree, {**answers, questions.RESERVED: words}, origin=origin_of(version))


def words_of(contract: Mapping[str, Any], slug: str) -> dict[str, Any]:
    """What the template is told of the app."""
    page = settings.SITE_URL + reverse("catalog:micro_app_detail", args=[slug])
    return app_words.words(contract, slug=slug, page=page, telemetry=f"{settings.SITE_URL}/telemetry/")


@transaction.atomic
def register(
    version: TemplateVersion,
    files: Tree,
    slug: str,
    *,
    by: User,
    values: Mapping[str, Any],
    answers: Mapping[str, Any],
    now: datetime,
    key: UUID | None,
) -> Clone:
    """The app, its repository with one commit, and the lineage between them."""
    app = micro_apps.create(by=by, values=values, now=now, creation_key=key)
    if (twin := Clone.objects.filter(app=app).first()) is not None:
        return twin
    if app.slug != slug:
        raise AddressTaken
    with repositories.new() as path:
        said = _("%(app)s, from %(version)s") % {"app": app.name, "version": version}
        base = git.commit(path, git.TEMPLATE, files, message=said, author=repositories.author(by, now))
        git.point(path, git.MAIN, base)
        repository = repositories.keep(path, now=now)
    clone = Clone.objects.create(
        app=app,
        template=version.template,
        version=version,
        repository=repository,
        answers=public(version, answers),
        base=base,
        created_at=now,
        created_by=by,
    )
    app.risk = micro_apps.risk_of({}, app)
    app.save(update_fields=["risk"])
    facts = {"template": version.template.slug, "version": version.number}
    audit.record("catalog.app_cloned", app, by=by, now=now, facts=facts)
    return clone


def public(version: TemplateVersion, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that are kept: never a secret, never what is no question."""
    kept = {question["name"] for question in questions.asked(version.questions) if not question["secret"]}
    return {name: value for name, value in answers.items() if name in kept}


audit.register(catalog__app_cloned=audit.Verb(gettext_lazy("Made from a template"), "copy-plus"))
