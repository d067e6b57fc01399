"""Repositories: taken out of the database into a folder of ours, worked on with git, and put back whole."""

import contextlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction

from catalog.models import AppTemplate, Repository
from catalog.templating import git, jail
from catalog.templating.tree import Tree
from portal.models import User


@contextlib.contextmanager
def unpacked(repository: Repository) -> Iterator[Path]:
    """A bare repository of the content that this row holds; what is changed in it is forgotten unless it is `put`."""
    with jail.folder() as folder:
        yield git.unbundle(folder, bytes(repository.bundle))


@contextlib.contextmanager
def opened(repository: Repository) -> Iterator[Path]:
    """A bare repository to read, as it is now."""
    with unpacked(Repository.objects.get(pk=repository.pk)) as path:
        yield path


@contextlib.contextmanager
def published(template: AppTemplate) -> Iterator[Path]:
    """A bare repository with the versions that were ever published and their history; `main` is the newest of them."""
    assert template.repository is not None
    versions = list(template.versions.ever_published().order_by("rank").values_list("number", "commit"))
    refs = {f"refs/tags/v{number}": commit for number, commit in versions}
    if versions:
        refs[git.MAIN] = versions[-1][1]
    with opened(template.repository) as path:
        yield git.copy_of(path, path.parent, refs)


@contextlib.contextmanager
def changing(repository: Repository, *, now: datetime) -> Iterator[Path]:
    """A bare repository to change. It is put back at the end, under a lock: two who change it at once follow one another.

    Nothing is put back when the block raises."""
    with transaction.atomic():
        repository = Repository.objects.select_for_update().get(pk=repository.pk)
        with unpacked(repository) as path:
            yield path
            put(repository, path, now=now)


@contextlib.contextmanager
def new() -> Iterator[Path]:
    """An empty bare repository; keep it with `keep`."""
    with jail.folder() as folder:
        yield git.make(folder)


def keep(path: Path, *, now: datetime) -> Repository:
    content = git.bundle(path)
    return Repository.objects.create(bundle=content, size=len(content), head=git.head(path), updated_at=now)


def put(repository: Repository, path: Path, *, now: datetime) -> None:
    """Keep the whole of it, on a locked row."""
    content = git.bundle(path)
    repository.bundle, repository.size, repository.head = content, len(content), git.head(path)
    repository.revision += 1
    repository.updated_at = now
    repository.save()


def by_number(pk: int) -> Repository:
    """Without its content, which `opened` reads when it is needed."""
    return Repository.objects.defer("bundle").get(pk=pk)


def author(by: User | None, now: datetime) -> git.Author:
    """Who stands in a commit; Trellis itself when nobody asked."""
    return git.Author(by.name, by.email, now) if by else git.Author("Trellis", "trellis@localhost", now)


def files(repository: Repository, revision: str = git.MAIN) -> Tree:
    """The files of one commit."""
    with opened(repository) as path:
        return git.read(path, revision)
