"""Bringing a template, or new versions of one: from a ZIP, a git bundle, or a fetched repository. Nothing of it runs here."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.actions.marketplace import repositories
from catalog.actions.marketplace.template_rows import BadTemplate, begin, described_by, write
from catalog.models import AppTemplate, MicroApp, TemplateVersion
from catalog.permissions_marketplace import denial_to_bring_template, denial_to_keep_template
from catalog.template_states import VersionState
from catalog.templating import git, zips
from catalog.templating.numbers import Number, number_of
from catalog.templating.tree import BadTree, Tree
from portal.models import User
from portal.permissions import allow

TAG = "refs/tags/"
MOST_VERSIONS = 200


@transaction.atomic
def bring_zip(
    content: bytes, *, number: str, by: User, now: datetime, template: AppTemplate | None = None
) -> TemplateVersion:
    """One version, as a ZIP of the template's folder. Raises BadTemplate."""
    try:
        tree = zips.read(content)
    except BadTree as error:
        raise BadTemplate(str(error)) from None
    if template is None:
        refuse_twin(described_by(tree)["name"], by)
    return bring_tree(tree, number=number, by=by, now=now, template=template)


@transaction.atomic
def bring_tree(
    tree: Tree,
    *,
    number: str,
    by: User | None,
    now: datetime,
    template: AppTemplate | None = None,
    origin: MicroApp | None = None,
    message: str = "",
) -> TemplateVersion:
    """One version, as files. `by` is empty for what ships with the product."""
    wanted = number_of(number)
    if wanted is None:
        raise BadTemplate(_("“%(number)s” is no version. Write it as 1.0.0.") % {"number": number[:20]})
    described = described_by(tree)
    if template is not None:
        template = allowed(template, by)
        refuse_known(template, wanted)
    elif by is not None and origin is None:  # whoever owns an app may propose it; publishing asks for the badge
        allow(denial_to_bring_template(by, now=now))
    author = repositories.author(by, now)
    said = message or _("Version %(number)s") % {"number": wanted.text}
    if template is None or template.repository is None:
        with repositories.new() as path:
            commit = add(path, tree, wanted, said, author, "")
            repository = repositories.keep(path, now=now)
        if template is None:
            template = begin(described, by=by, now=now, origin=origin)
        template.repository = repository
        template.save(update_fields=["repository"])
    else:
        with repositories.changing(template.repository, now=now) as path:
            # A version rests on what was published: one that was refused must not come along in its history.
            older = template.versions.ever_published().filter(rank__lt=wanted.rank).order_by("-rank").first()
            commit = add(path, tree, wanted, said, author, older.commit if older else "")
    return write(template, wanted, commit, described, by=by, now=now)


def add(path: Path, tree: Tree, number: Number, message: str, author: git.Author, parent: str) -> str:
    """The commit, tagged. `parent` is the commit it follows, or nothing."""
    commit = git.commit(path, git.MAIN, tree, message=message, author=author, parents=[parent] if parent else [])
    git.point(path, f"{TAG}v{number.text}", commit)
    return commit


def bring_bundle(
    content: bytes, *, by: User, now: datetime, template: AppTemplate | None = None, source_url: str = ""
) -> list[TemplateVersion]:
    """Every tag of a git bundle that is a version and not here yet, the oldest first. Raises BadTemplate."""
    with repositories.new() as empty:
        try:
            path = git.unbundle(empty.parent, content, "brought.git")
        except git.GitError:
            raise BadTemplate(
                _("This is no git bundle. Make one by “git bundle create template.bundle --all”.")
            ) from None
        return bring_repository(path, by=by, now=now, template=template, source_url=source_url)


@transaction.atomic
def bring_repository(
    path: Path, *, by: User, now: datetime, template: AppTemplate | None = None, source_url: str = ""
) -> list[TemplateVersion]:
    tags = versions_in(path)
    if template is not None:
        template = allowed(template, by)
    else:
        allow(denial_to_bring_template(by, now=now))
    known = (
        dict(template.versions.exclude(state=VersionState.DISCARDED).values_list("number", "commit"))
        if template
        else {}
    )
    for number, commit in tags.items():
        if known.get(number.text, commit) != commit:
            raise BadTemplate(
                _(
                    "The tag of %(number)s points elsewhere than when it was brought. Versions never change: make a new tag."
                )
                % {"number": number.text}
            )
    fresh = {number: commit for number, commit in tags.items() if number.text not in known}
    if not fresh:
        raise BadTemplate(_("There is no new version in it. Tag one, such as v1.0.0."))
    found = [(number, commit, described_by(readable(path, commit, number))) for number, commit in fresh.items()]
    if not git.head(path):
        git.point(path, git.MAIN, found[-1][1])
    if template is None:
        refuse_twin(found[-1][2]["name"], by)
        template = begin(found[-1][2], by=by, now=now, source_url=source_url)
        template.repository = repositories.keep(path, now=now)
        template.save(update_fields=["repository"])
    else:
        assert template.repository is not None
        with repositories.changing(template.repository, now=now) as mine:
            git.git(
                mine, "fetch", "-q", "--no-tags", "--no-write-fetch-head", str(path), "+refs/heads/main:refs/heads/main"
            )
            # Forced: the number of a version that was discarded is free again, also where its tag is here.
            tagged = [f"+{ref}:{ref}" for ref in git.refs(path) if number_of(ref.removeprefix(TAG)) in fresh]
            git.git(mine, "fetch", "-q", "--no-tags", "--no-write-fetch-head", str(path), *tagged)
    return [write(template, number, commit, described, by=by, now=now) for number, commit, described in found]


def versions_in(path: Path) -> dict[Number, str]:
    """The tags that are versions, with their commits, the oldest first."""
    found = {}
    for ref, commit in git.refs(path).items():
        if ref.startswith(TAG) and (number := number_of(ref.removeprefix(TAG))):
            found[number] = commit
    if not found:
        raise BadTemplate(_("The repository has no tag that is a version. Tag one, such as v1.0.0."))
    if len(found) > MOST_VERSIONS:
        raise BadTemplate(
            _("The repository has more than %(limit)d versions. Bring the newest ones.") % {"limit": MOST_VERSIONS}
        )
    return dict(sorted(found.items(), key=lambda pair: pair[0].rank))


def readable(path: Path, commit: str, number: Number) -> Tree:
    try:
        return git.read(path, commit)
    except BadTree as error:
        raise BadTemplate(_("Version %(number)s: %(why)s") % {"number": number.text, "why": error}) from None


def allowed(template: AppTemplate, by: User | None) -> AppTemplate:
    """The template, locked, once it is clear that `by` may bring a version."""
    template = AppTemplate.objects.select_for_update(of=("self",)).select_related("repository").get(pk=template.pk)
    if by is not None:
        allow(denial_to_keep_template(by, template))
    return template


def refuse_twin(name: str, by: User) -> None:
    """The same brought twice, by a second click or by mistake, is not two templates."""
    User.objects.select_for_update().get(pk=by.pk)
    standing = TemplateVersion.objects.exclude(state=VersionState.DISCARDED)
    if AppTemplate.objects.kept_by(by).filter(name=name, versions__in=standing).exists():
        raise BadTemplate(
            _(
                "You keep a template called “%(name)s” already. Bring this as a new version of it, or give it another name."
            )
            % {"name": name}
        )


def refuse_known(template: AppTemplate, number: Number) -> None:
    if template.versions.exclude(state=VersionState.DISCARDED).filter(rank=number.rank).exists():
        raise BadTemplate(
            _("Version %(number)s is here already, and versions never change. Take a higher number.")
            % {"number": number.text}
        )
