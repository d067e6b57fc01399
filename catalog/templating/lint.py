"""What a template may not do, found by reading it: nothing of it runs. Each refusal says where and what to do instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.templating import metadata, questions, yaml_file
from catalog.templating.jinja_rules import check_source, included
from catalog.templating.problems import Problem
from catalog.templating.tree import BadTree, Tree, check_path
from catalog.templating.yaml_file import YamlFile

REFUSED = {
    "_tasks": gettext_lazy("Tasks run commands on the server. Take them out; the app's own workflow can run them."),
    "_migrations": gettext_lazy("Migrations run commands on the server. Take them out; upgrades here are merges."),
    "_jinja_extensions": gettext_lazy("Extensions are code that would run on the server. Take them out."),
    "_external_data": gettext_lazy("Data from outside the template is not read. Write it into the template."),
    "_preserve_symlinks": gettext_lazy("Links are not kept. Put the files themselves in."),
}
ENVIRONMENT = frozenset({
    "undefined", "keep_trailing_newline", "autoescape", "trim_blocks", "lstrip_blocks", "newline_sequence",
    "block_start_string", "block_end_string", "variable_start_string", "variable_end_string", "comment_start_string",
    "comment_end_string",
})  # fmt: skip
DELIMITERS = frozenset(name for name in ENVIRONMENT if name.endswith("_string"))


@dataclass(frozen=True)
class Linted:
    """`problems` keep it from being reviewed; `warnings` are for the reviewer to weigh."""

    metadata: dict[str, Any]
    questions: list[dict[str, Any]]
    problems: list[Problem]
    warnings: list[Problem]


def lint(tree: Tree) -> Linted:
    described, problems = metadata.read(tree)
    name = next((one for one in (questions.FILE, "copier.yaml") if one in tree), questions.FILE)
    file = yaml_file.read(tree, name)
    asked: list[dict[str, Any]] = []
    if file.problem is not None:
        problems.append(file.problem)
    else:
        asked, found = questions.read(file)
        problems += [*found, *settings_of(file, name), *texts(tree, file), *example_problems(described, asked)]
    problems += list(places(tree))
    return Linted(described, asked, problems, list(warnings_of(file, name)))


def settings_of(file: YamlFile, name: str) -> Iterator[Problem]:
    """Copier's own settings, which begin with an underscore."""
    for key, sentence in REFUSED.items():
        if file.content.get(key):
            yield Problem(str(sentence), name, file.lines[key])
    for key in ("_subdirectory", "_answers_file"):
        value = file.content.get(key)
        if value and not is_inside(value):
            yield Problem(
                _("“%(key)s” leads outside the template. Name a place in it.") % {"key": key}, name, file.lines[key]
            )
    for pattern in file.content.get("_exclude") or []:
        if str(pattern).lstrip("!").strip("/*").casefold() == ".git" and str(pattern).startswith("!"):
            yield Problem(_("“_exclude” may not bring .git back in."), name, file.lines["_exclude"])
    options = file.content.get("_envops") or {}
    for key in options if isinstance(options, dict) else ["_envops"]:
        if key not in ENVIRONMENT:
            said = _("“_envops” may not set “%(key)s”.") % {"key": key}
            yield Problem(said, name, file.lines["_envops"])


def is_inside(value: Any) -> bool:
    try:
        check_path(str(value))
    except BadTree:
        return False
    return True


def places(tree: Tree) -> Iterator[Problem]:
    if ".gitmodules" in tree:
        yield Problem(
            _("Submodules are fetched from elsewhere, which is refused. Put their files in."), ".gitmodules", 1
        )


def texts(tree: Tree, file: YamlFile) -> Iterator[Problem]:
    """Everything that Copier would render: names, files with the suffix, what those include, and what the questions say.

    Files outside the folder that is rendered are read too: those inside may include them."""
    options = file.content.get("_envops")
    delimiters = {k: v for k, v in (options if isinstance(options, dict) else {}).items() if k in DELIMITERS}
    suffix = str(file.content.get("_templates_suffix", ".jinja"))
    below = str(file.content.get("_subdirectory") or "").strip("/")
    sources = {path: entry.text for path, entry in tree.items() if path.endswith(suffix) and entry.text is not None}
    for name in {name for text in sources.values() for name in included(text, delimiters)}:
        if name not in tree:
            yield Problem(_("“%(name)s” is included and not there.") % {"name": name}, name)
        else:
            sources[name] = tree[name].text or ""
    for path in tree:
        if not below or path.startswith(f"{below}/"):
            yield from check_source(path, path, delimiters, is_name=True)
    for path, text in sources.items():
        yield from check_source(path, text, delimiters)
    for name, value in file.content.items():
        for text in strings(value):
            for problem in check_source(questions.FILE, text, delimiters):
                yield Problem(problem.sentence, problem.file, file.lines.get(name, 0))


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def example_problems(described: dict[str, Any], asked: list[dict[str, Any]]) -> Iterator[Problem]:
    known = {question["name"] for question in asked}
    for example in described.get("examples", []):
        if not isinstance(example, dict) or not isinstance(example.get("answers"), dict):
            continue  # the schema has said so
        for name in example["answers"]:
            if name not in known:
                said = _("The example “%(example)s” answers “%(name)s”, which is no question.")
                yield Problem(said % {"example": example.get("name"), "name": name}, metadata.FILE)


def warnings_of(file: YamlFile, name: str) -> Iterator[Problem]:
    options = file.content.get("_envops")
    undefined = options.get("undefined") if isinstance(options, dict) else None
    if undefined != "jinja2.StrictUndefined":
        said = _(
            "A word that no question answers would come out as nothing. Set _envops: {undefined: jinja2.StrictUndefined}."
        )
        yield Problem(said, name, file.lines.get("_envops", 0))
