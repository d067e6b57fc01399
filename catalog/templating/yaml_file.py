"""A YAML file of a template: plain data with the line of every key, bounded, or the problem that keeps it from being read."""

from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

from catalog.importing.safe_yaml import Unsafe, measure, syntax
from catalog.templating.problems import Problem
from catalog.templating.tree import Tree

LONGEST = 200_000


@dataclass(frozen=True)
class YamlFile:
    """`lines` gives the line of a top-level key."""

    content: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problem: Problem | None = None


def read(tree: Tree, path: str) -> YamlFile:
    text = tree[path].text if path in tree else None
    if text is None:
        return YamlFile(
            problem=Problem(_("There is no %(file)s. Put it at the top of the template.") % {"file": path}, path)
        )
    if len(text) > LONGEST:
        return YamlFile(problem=Problem(_("%(file)s is far larger than it can be.") % {"file": path}, path))
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None or not isinstance(node, yaml.MappingNode):
            raise Unsafe(_("%(file)s is not a list of keys with values.") % {"file": path})
        measure(node)
        lines = {str(key.value): key.start_mark.line + 1 for key, _value in node.value}
        if len(lines) != len(node.value):
            raise Unsafe(_("%(file)s says a key twice. Keep one.") % {"file": path})
        content = loader.construct_document(node)
    except Unsafe as error:
        return YamlFile(problem=Problem(str(error), path))
    except yaml.constructor.ConstructorError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        said = _("YAML tags such as !include are not read here. Write the values out.")
        return YamlFile(problem=Problem(said, path, line))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return YamlFile(problem=Problem(syntax(error), path, mark.line + 1 if mark else 0))
    except (ValueError, TypeError, RecursionError, OverflowError):
        return YamlFile(problem=Problem(_("%(file)s cannot be read as YAML.") % {"file": path}, path))
    finally:
        loader.dispose()
    return YamlFile({str(key): value for key, value in content.items()}, lines)
