"""The rows of a template that was brought, and of each version, with the job that checks it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from catalog.models import AppTemplate, MicroApp, TemplateVersion
from catalog.templating import metadata
from catalog.templating.numbers import Number
from catalog.templating.tree import Tree
from portal import audit
from portal.jobs import enqueue
from portal.models import User
from portal.slugs import free_slug

RESERVED = frozenset({"new", "mine", "wishes", "collections", "authors", "drafts", "by-id", "options", "desk"})


class BadTemplate(Exception):
    """What was brought is no template, or no new version. The text is a sentence that says what to do."""


def described_by(tree: Tree) -> dict[str, Any]:
    """What its template.yaml says. Without a name there is nothing to keep, so problems there refuse the whole."""
    described, problems = metadata.read(tree)
    if problems:
        first = problems[0]
        where = _("%(file)s, line %(line)d") % {"file": first.file, "line": first.line} if first.line else first.file
        raise BadTemplate(f"{where}: {first.sentence}")
    return described


def begin(
    described: dict[str, Any], *, by: User | None, now: datetime, origin: MicroApp | None = None, source_url: str = ""
) -> AppTemplate:
    """A template without a version. What ships with the product is kept by the first administrator."""
    keeper = by or User.objects.people().filter(is_superuser=True).order_by("pk").first()
    if keeper is None:
        raise BadTemplate(_("There is no administrator who could keep the templates. Make one first."))
    template = AppTemplate(
        name=described["name"],
        slug=free_slug(AppTemplate, described["name"], instead="template", longest=60, reserved=RESERVED),
        owner=keeper,
        author=origin.owner if origin else keeper,
        team=keeper.business_unit,
        origin=origin,
        source_url=source_url,
        summary=described["summary"],
        kind=described["kind"],
        created_by=by,
        created_at=now,
        updated_at=now,
    )
    template.save(force_insert=True)
    audit.record("catalog.template_brought", template, by=by, now=now, facts={"source": source_url})
    return template


def write(
    template: AppTemplate, number: Number, commit: str, described: dict[str, Any], *, by: User | None, now: datetime
) -> TemplateVersion:
    """The row of a version, and the job that checks it."""
    release = described["release"]
    version = TemplateVersion.objects.create(
        template=template,
        number=number.text,
        rank=number.rank,
        commit=commit,
        metadata=described,
        is_security=bool(release.get("security")),
        notes=release.get("notes", ""),
        made_by=by,
        made_at=now,
    )
    facts = {"version": number.text, "commit": commit}
    audit.record("catalog.template_version_brought", template, by=by, now=now, facts=facts)
    if by is not None:
        ask_check(version, by=by)
    return version


def ask_check(version: TemplateVersion, *, by: User) -> None:
    enqueue(
        "catalog.check_template_version",
        by=by,
        title=_("Check %(version)s") % {"version": version},
        result_url=version.get_absolute_url(),
        version_id=version.pk,
    )
