"""YAML documents, bounded: no tags, no alias bombs, no endless nesting. Each document fails alone."""

from collections.abc import Iterator
from typing import Any

import yaml
from django.utils.translation import gettext as _

from catalog.importing.texts import is_clean

MOST_ALIASES, DEEPEST, MOST_NODES = 100, 40, 20_000
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unsafe(Exception):
    """The document is well-formed but not one we read. The text is a sentence."""


def documents(text: str) -> Iterator[tuple[Any, str]]:
    """(document, "") or (None, sentence) for each document. After a syntax error the rest of the text is unknown."""
    loader = Loader(text)
    try:
        while True:
            try:
                if not loader.check_node():
                    return
                node = loader.get_node()
            except yaml.YAMLError as error:
                yield None, syntax(error)
                return
            except (ValueError, RecursionError):
                yield None, _("The YAML cannot be read. Check it with a YAML linter.")
                return
            try:
                measure(node)
                yield loader.construct_document(node), ""
            except Unsafe as error:
                yield None, str(error)
            except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError):
                yield None, _("The document uses YAML that is not plain data. Use text, numbers, lists and keys only.")
    finally:
        loader.dispose()


def text_documents(text: str) -> Iterator[tuple[Any, str]]:
    """Like `documents`; a text that YAML forbids outright is one refusal."""
    if not is_clean(text):
        yield None, _("The file holds characters that are not text. Save it as UTF-8.")
        return
    try:
        yield from documents(text)
    except (yaml.YAMLError, ValueError) as error:
        yield None, syntax(error)


def syntax(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _("The YAML cannot be read. Check it with a YAML linter.")
    return _("The YAML cannot be read at line %(line)d. Check the indentation and quotes there.") % {
        "line": mark.line + 1
    }


def measure(root: yaml.Node) -> None:
    """Raise Unsafe when the tree is too deep, too large, or an alias repeats a branch too often."""
    stack, count, met, again = [(root, 0)], 0, set(), 0
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > MOST_NODES or depth > DEEPEST:
            raise Unsafe(_("The document is larger or nested deeper than any catalog file needs. Split it."))
        if isinstance(node, yaml.CollectionNode):
            if id(node) in met:
                again += 1
                if again > MOST_ALIASES:
                    raise Unsafe(_("The document repeats itself by aliases too often. Write the values out."))
            met.add(id(node))
            for child in node.value:
                stack += [(part, depth + 1) for part in (child if isinstance(child, tuple) else (child,))]
