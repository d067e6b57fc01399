"""`template.yaml`: what the marketplace shows of a template. Checked against its published schema."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from django.utils.translation import gettext as _

from catalog.templating import yaml_file
from catalog.templating.problems import Problem
from catalog.templating.tree import Tree

FILE, COOKIECUTTER = "template.yaml", "cookiecutter.json"
SCHEMA_FILE = Path(__file__).parent.parent / "schemas" / "template.schema.json"
DEFAULTS: dict[str, Any] = {
    "gives": [],
    "badge": "none",
    "days_to_live": 1,
    "pictures": [],
    "release": {},
    "examples": [],
}
LARGEST_PICTURE = 500_000


@cache
def validator() -> Any:
    return jsonschema_rs.Draft202012Validator(json.loads(schema_text()))


def schema_text() -> str:
    return SCHEMA_FILE.read_text()


def read(tree: Tree) -> tuple[dict[str, Any], list[Problem]]:
    """The metadata with its defaults, and what is wrong with it; with problems the metadata may be incomplete."""
    if FILE not in tree and COOKIECUTTER in tree:
        return {}, [Problem(cookiecutter(), COOKIECUTTER)]
    file = yaml_file.read(tree, FILE)
    if file.problem is not None:
        return {}, [file.problem]
    if str(file.content.get("apiVersion", "")).startswith("scaffolder.backstage.io"):
        return {}, [Problem(backstage(), FILE, file.lines.get("apiVersion", 0))]
    found = [problem_of(error, file.lines) for error in validator().iter_errors(plain(file.content))]
    content = {**DEFAULTS, **plain(file.content)}
    return content, found or pictures(tree, content, file.lines.get("pictures", 0))


def plain(content: Any) -> Any:
    return json.loads(json.dumps(content, default=str))


def pictures(tree: Tree, content: dict[str, Any], line: int) -> list[Problem]:
    found = []
    for picture in content["pictures"]:
        file = tree.get(picture["file"])
        if file is None:
            found.append(Problem(_("The picture %(file)s is not there.") % {"file": picture["file"]}, FILE, line))
        elif len(file.content) > LARGEST_PICTURE:
            said = _("The picture %(file)s is larger than 500 kB. Make it smaller.") % {"file": picture["file"]}
            found.append(Problem(said, FILE, line))
    return found


def problem_of(error: Any, lines: dict[str, int]) -> Problem:
    """What the schema refused, in a sentence that says what to write."""
    place = [str(part) if isinstance(part, str) else str(part + 1) for part in error.instance_path]
    name, kind = ".".join(place) or FILE, error.kind
    line = lines.get(place[0], 0) if place else 0
    said = {"field": name}
    match kind.name:
        case "required":
            field = ".".join([*place, kind.property])
            return Problem(_("“%(field)s” is missing. Add it.") % {"field": field}, FILE, line)
        case "additionalProperties":
            first = kind.unexpected[0]
            return Problem(
                _("There is no field “%(field)s”. Remove it.") % {"field": first}, FILE, lines.get(first, line)
            )
        case "enum":
            options = ", ".join(str(option) for option in kind.options)
            return Problem(_("“%(field)s” is one of: %(options)s.") % {**said, "options": options}, FILE, line)
        case "maxLength":
            return Problem(
                _("“%(field)s” has at most %(limit)d characters.") % {**said, "limit": kind.limit}, FILE, line
            )
        case "minLength":
            return Problem(_("“%(field)s” is empty. Fill it in.") % said, FILE, line)
        case _:
            return Problem(
                _("“%(field)s” does not fit: %(message)s.") % {**said, "message": error.message[:200]}, FILE, line
            )


def backstage() -> str:
    return _(
        "This is a Backstage scaffolder template, which runs steps on a server. To convert it: put the skeleton in a folder "
        "“template”, add .jinja to each file with placeholders, write ${{ values.x }} as {{ x }}, turn each of spec.parameters "
        "into a question in copier.yml, and describe it in a template.yaml of this portal. Publishing and registering is done "
        "by the portal, so the steps go."
    )


def cookiecutter() -> str:
    return _(
        "This is a Cookiecutter template. To convert it: turn each key of cookiecutter.json into a question in copier.yml, "
        "write {{ cookiecutter.x }} as {{ x }}, put the files of the project folder into a folder “template”, and leave the "
        "hooks out."
    )
