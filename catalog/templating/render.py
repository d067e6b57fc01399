"""Rendering a template into the files of an app, in a child process under limits."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from catalog.templating import jail, tree
from catalog.templating.tree import BadTree, File, Tree

WORKER = Path(__file__).parent / "renderer.py"
LIBRARIES = ("copier", "jinja2", "jinja2_ansible_filters", "yaml", "pydantic", "plumbum")
SECONDS, MEGABYTES = 30, 2_048
ANSWERS_FILE = ".copier-answers.yml"
SOURCE, COMMIT = "_src_path", "_commit"


class RenderError(Exception):
    """The template could not be rendered with these answers. The text says why; `kind` is "time", "size", "crash" or
    the name of what Copier raised."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


@dataclass(frozen=True)
class Origin:
    """What the rendered app says about where it came from, in Copier's own answers file."""

    url: str
    version: str


def render(template: Tree, answers: Mapping[str, Any], *, origin: Origin, seconds: float = SECONDS) -> dict[str, File]:
    """The files of one app. Raises RenderError."""
    (found,) = render_all(template, [answers], origin=origin, seconds=seconds)
    if isinstance(found, RenderError):
        raise found
    return found


def render_all(
    template: Tree, answers: Sequence[Mapping[str, Any]], *, origin: Origin, seconds: float = SECONDS
) -> list[dict[str, File] | RenderError]:
    """The same template with several sets of answers, in one child. A limit that stops the child stops them all."""
    with jail.folder() as folder:
        source = folder / "source"
        source.mkdir()
        tree.write(template, source)
        places = [folder / f"app-{number}" for number in range(len(answers))]
        asked = {
            "op": "render",
            "source": str(source),
            "renders": [{"answers": dict(a), "destination": str(p)} for a, p in zip(answers, places, strict=True)],
        }
        told = ask_child(asked, folder, seconds=seconds)
        if isinstance(told, RenderError):
            return [told] * len(answers)
        return [collect(said, place, origin) for said, place in zip(told["renders"], places, strict=True)]


def collect(said: Mapping[str, Any], place: Path, origin: Origin) -> dict[str, File] | RenderError:
    """What one rendering left, once it is clear that it is made of plain files only."""
    if not said["ok"]:
        return RenderError(said["kind"], sentence(said["kind"], said["message"], place))
    try:
        files = tree.read(place)
    except BadTree as error:
        return RenderError("BadTree", str(error))
    if ANSWERS_FILE in files:
        files[ANSWERS_FILE] = File(with_origin(files[ANSWERS_FILE], origin))
    return files


def with_origin(file: File, origin: Origin) -> bytes:
    """The answers with the template's address and version, where Copier wrote the folder it rendered from."""
    text = file.text or ""
    comments = "".join(f"{line}\n" for line in text.splitlines() if line.startswith("#"))
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError:
        content = None
    kept = {
        key: value
        for key, value in (content if isinstance(content, dict) else {}).items()
        if key not in (SOURCE, COMMIT)
    }
    body = {COMMIT: f"v{origin.version}", SOURCE: origin.url, **kept}
    return (comments + yaml.safe_dump(body, sort_keys=False, allow_unicode=True)).encode()


def ask_child(asked: dict[str, Any], folder: Path, *, seconds: float) -> dict[str, Any] | RenderError:
    answer = folder / "answer.json"
    outcome = jail.run(
        [sys.executable, "-I", str(WORKER), json.dumps(libraries())],
        cwd=folder,
        stdin=json.dumps({**asked, "answer": str(answer)}).encode(),
        seconds=seconds,
        megabytes=MEGABYTES,
        network=False,
    )
    if outcome.stopped == "time":
        return RenderError(
            "time", _("It was not done after %(seconds)d seconds and was stopped.") % {"seconds": seconds}
        )
    if outcome.stopped == "size":
        return RenderError("size", _("It wrote a file that is too large and was stopped."))
    if not outcome.is_fine or not answer.is_file():
        return RenderError("crash", _("It needed more memory than it may have, or broke off, and was stopped."))
    told: dict[str, Any] = json.loads(answer.read_text())
    return told


@cache
def libraries() -> list[str]:
    """The folders that hold what the child needs: a bare child does not see the paths this process was given."""
    found = {str(Path(spec.origin).parent.parent) for name in LIBRARIES if (spec := find_spec(name)) and spec.origin}
    return sorted(found)


def sentence(kind: str, message: str, place: Path) -> str:
    """Why Copier refused, for who keeps the template; the server's own paths are taken out."""
    line = message.replace(str(place.parent), "").strip().splitlines()[0][:300] if message.strip() else ""
    words = {
        "UnsafeTemplateError": _("The template asks to run commands or load code, which is refused."),
        "ForbiddenPathError": _("The template reaches outside its own folder: %(line)s"),
        "UndefinedError": _("The template uses a word that no question answers: %(line)s"),
        "TemplateSyntaxError": _("The template has a mistake in its Jinja: %(line)s"),
        "SecurityError": _("The template reaches for what a template may not touch: %(line)s"),
        "OverflowError": _("The template repeats something too often: %(line)s"),
        "MemoryError": _("It needed more memory than it may have, or broke off, and was stopped."),
        "ValueError": _("An answer does not fit: %(line)s"),
    }
    return words.get(kind, _("It could not be rendered: %(line)s")) % {"line": line}
