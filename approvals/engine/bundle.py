"""Policies from files: a folder, a single .rego, or a ZIP or tar.gz such as a Conftest bundle. Read within bounds, never
unpacked. A folder with a `policy.yaml` is one policy; else every folder that holds Rego is."""

import io
import json
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from django.utils.text import slugify
from django.utils.translation import gettext as _

from approvals.engine.interface import Module

MOST_FILES, LARGEST_FILE, LARGEST_ALL = 500, 1_048_576, 10_485_760
MODES, SEVERITIES = ("off", "warn", "enforce"), ("low", "medium", "high")
CONTENTS = ("policy.yaml", "cases.yaml", "data.yaml", "data.json")


class BadBundle(Exception):
    """The files cannot be read as policies. The text is a sentence for the person who brought them."""


@dataclass
class Found:
    """One policy as its files tell it; `cases` is plain, not looked at yet."""

    slug: str
    title: str
    summary: str = ""
    severity: str = "medium"
    mode: str = "warn"
    modules: list[Module] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    cases: list[Any] = field(default_factory=list)


@dataclass
class Bundle:
    policies: list[Found]
    unused: list[tuple[str, str]]  # name of the file, and why it was left out


def read(name: str, content: bytes) -> Bundle:
    """An uploaded file. Raises BadBundle."""
    if name.lower().endswith(".rego"):
        return assemble([(PurePosixPath(name), content)])
    if len(content) > LARGEST_ALL:
        raise BadBundle(_("The file is larger than 10 MB."))
    try:
        if zipfile.is_zipfile(io.BytesIO(content)):
            return assemble(list(bounded(zip_files(content))))
        return assemble(list(bounded(tar_files(content))))
    except (tarfile.TarError, zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise BadBundle(
            _("This is neither a .rego file nor a ZIP or tar.gz that can be read: %(error)s.") % {"error": error}
        ) from None


def read_folder(folder: Path) -> Bundle:
    """A folder on this machine; links are not followed."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return assemble(
        list(bounded((path.relative_to(folder).as_posix(), path.stat().st_size, path.read_bytes) for path in files))
    )


def zip_files(content: bytes) -> Iterator[tuple[str, int, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if not entry.is_dir():
                yield entry.filename, entry.file_size, lambda entry=entry: archive.open(entry).read(LARGEST_FILE + 1)


def tar_files(content: bytes) -> Iterator[tuple[str, int, Any]]:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:*") as archive:
        for entry in archive:
            if entry.isfile():
                opened = archive.extractfile(entry)
                assert opened is not None
                yield entry.name, entry.size, lambda opened=opened: opened.read(LARGEST_FILE + 1)
            elif not entry.isdir():
                raise BadBundle(
                    _("“%(name)s” is a link or a device. A bundle holds plain files.") % {"name": entry.name}
                )


def bounded(files: Iterator[tuple[str, int, Any]]) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The files as read; what is too much is refused by its stated size, and again by what really comes."""
    total = 0
    for number, (name, size, load) in enumerate(files, start=1):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            raise BadBundle(_("“%(name)s” points outside the bundle.") % {"name": name})
        if number > MOST_FILES:
            raise BadBundle(_("The bundle holds more than %(most)d files.") % {"most": MOST_FILES})
        if size > LARGEST_FILE:
            raise BadBundle(_("“%(name)s” is larger than 1 MB.") % {"name": name})
        content = load()
        total += len(content)
        if len(content) > LARGEST_FILE or total > LARGEST_ALL:
            raise BadBundle(_("The bundle unpacks to more than it says."))
        yield path, content


def assemble(files: list[tuple[PurePosixPath, bytes]]) -> Bundle:
    homes: dict[PurePosixPath, Found] = {}
    unused: list[tuple[str, str]] = []
    for path, _content in files:
        if path.suffix == ".rego" and not path.stem.endswith("_test"):
            homes.setdefault(path.parent, Found(slug_of(path), title_of(path)))
    for path, content in files:
        if found := homes.get(path.parent):
            if reason := take(found, path, text_of(path, content)):
                unused.append((str(path), reason))
        else:
            unused.append((str(path), _("no Rego file lies beside it")))
    if not homes:
        raise BadBundle(_("There is no Rego file in it."))
    return Bundle(sorted(homes.values(), key=lambda found: found.slug), unused)


def take(found: Found, path: PurePosixPath, text: str) -> str:
    """Put one file into its policy; the answer says why it was left out, and is empty when it was not."""
    if path.suffix == ".rego":
        if path.stem.endswith("_test"):
            return _("tests are given as cases.yaml here; this one is in Rego")
        found.modules.append(Module(path.name, text))
        return ""
    if path.name not in CONTENTS:
        return _("it is no part of a policy")
    content = content_of(path, text)
    if path.name == "cases.yaml":
        found.cases = content if isinstance(content, list) else []
    elif path.name == "policy.yaml":
        describe(found, path, content)
    elif not isinstance(content, dict):
        raise BadBundle(_("“%(name)s” is a group of fields.") % {"name": path})
    else:
        found.data |= content
    return ""


def describe(found: Found, path: PurePosixPath, content: Any) -> None:
    if not isinstance(content, dict):
        raise BadBundle(_("“%(name)s” is a group of fields such as “title: External hosts”.") % {"name": path})
    for key, options in (("mode", MODES), ("severity", SEVERITIES)):
        if (value := content.get(key)) is not None and value not in options:
            raise BadBundle(
                _("“%(key)s” in “%(name)s” is one of: %(options)s.")
                % {"key": key, "name": path, "options": ", ".join(options)}
            )
    found.title = str(content.get("title") or found.title)[:120]
    found.summary = str(content.get("summary") or "")[:300]
    found.mode, found.severity = content.get("mode", found.mode), content.get("severity", found.severity)


def content_of(path: PurePosixPath, text: str) -> Any:
    """YAML holds JSON. Aliases are not followed: they make small files large."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise BadBundle(_("“%(name)s” uses aliases (*). Write the values out.") % {"name": path})
        return json.loads(json.dumps(yaml.safe_load(text), default=str))
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        raise BadBundle(
            _("“%(name)s” cannot be read as YAML: %(error)s") % {"name": path, "error": str(error)[:300]}
        ) from None


def text_of(path: PurePosixPath, content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return ""


def slug_of(path: PurePosixPath) -> str:
    return (
        slugify(path.parent.name if path.parent.name not in ("", "policy", "policies") else path.stem)[:60] or "policy"
    )


def title_of(path: PurePosixPath) -> str:
    return slug_of(path).replace("-", " ").capitalize()
