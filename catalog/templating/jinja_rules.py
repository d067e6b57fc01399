"""What the Jinja of a template may not say, found in its syntax tree."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from catalog.templating.problems import Problem
from catalog.templating.tree import BadTree, check_path

FILTERS = frozenset({
    "expandvars", "expanduser", "fileglob", "realpath", "relpath", "win_basename", "win_dirname", "win_splitdrive",
})  # fmt: skip
NAMES = frozenset({"_copier_python", "_external_data", "lipsum", "cycler", "joiner", "self"})
INCLUDING = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
LONGEST_RANGE, DEEPEST_LOOP, LARGEST_FACTOR, LONGEST_TEXT = 1_000, 2, 1_000, 400_000


def check_source(file: str, text: str, delimiters: Mapping[str, str], *, is_name: bool = False) -> Iterator[Problem]:
    """The problems of one text. `is_name` for a path, where a line number says nothing."""
    if len(text) > LONGEST_TEXT:
        yield Problem(_("It is too long to be rendered. Leave off the suffix to copy it as it is."), file)
        return
    try:
        root = Environment(autoescape=True, **delimiters).parse(text)  # type: ignore[arg-type]
    except (TemplateSyntaxError, ValueError, RecursionError) as error:
        line = 0 if is_name else getattr(error, "lineno", 0)
        yield Problem(_("The Jinja has a mistake: %(message)s") % {"message": str(error)[:200]}, file, line)
        return
    for node, sentence in [*words(root), *files(root), *loops(root), *sizes(root)]:
        yield Problem(sentence, file, 0 if is_name else node.lineno)


def included(text: str, delimiters: Mapping[str, str]) -> set[str]:
    """The files that a text includes, extends or imports by a plain name."""
    try:
        root = Environment(autoescape=True, **delimiters).parse(text)  # type: ignore[arg-type]
    except (TemplateSyntaxError, ValueError, RecursionError):
        return set()
    named = (node.template for node in root.find_all(INCLUDING))  # type: ignore[attr-defined]
    return {node.value for node in named if isinstance(node, nodes.Const) and isinstance(node.value, str)}


Found = Iterator[tuple[nodes.Node, str]]


def words(root: nodes.Template) -> Found:
    """Filters that look at the server, names that tell of it, and attributes that reach behind objects."""
    for node in root.find_all(nodes.Filter):
        if node.name in FILTERS:
            said = _("The filter “%(name)s” looks at the server's files or environment. Take it out.")
            yield node, said % {"name": node.name}
    for name in root.find_all(nodes.Name):
        if name.name in NAMES:
            yield name, _("“%(name)s” is not for templates here. Take it out.") % {"name": name.name}
    for attribute in root.find_all(nodes.Getattr):
        if attribute.attr.startswith("__"):
            yield (
                attribute,
                _("“%(name)s” reaches behind what a template may see. Take it out.") % {"name": attribute.attr},
            )
    answers = {
        id(node.node)
        for node in root.find_all(nodes.Getattr)
        if node.attr == "answers_file" and isinstance(node.node, nodes.Name)
    }
    for name in root.find_all(nodes.Name):
        if name.name == "_copier_conf" and id(name) not in answers:
            yield name, _("Of “_copier_conf” a template may use “answers_file” only: the rest tells of the server.")


def files(root: nodes.Template) -> Found:
    for node in root.find_all(INCLUDING):
        named = node.template  # type: ignore[attr-defined]
        value = named.value if isinstance(named, nodes.Const) else None
        try:
            check_path(value if isinstance(value, str) else "")
        except BadTree:
            yield node, _("It includes a file whose name is computed or leads outside the template. Name a file in it.")


def loops(root: nodes.Template) -> Found:
    for node in root.find_all(nodes.For):
        if node.recursive:
            yield node, _("A loop that calls itself may never end. Write a plain loop.")
        if depth(node) > DEEPEST_LOOP:
            yield node, _("Loops are nested deeper than %(limit)d. Write them flat.") % {"limit": DEEPEST_LOOP}
    for call in root.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "range" and not is_short(call):
            said = _(
                "range() counts to a number that an answer could make huge. Count to at most %(limit)d, written out."
            )
            yield call, said % {"limit": LONGEST_RANGE}
    for macro in root.find_all(nodes.Macro):
        if any(
            isinstance(call.node, nodes.Name) and call.node.name == macro.name for call in macro.find_all(nodes.Call)
        ):
            yield macro, _("The macro “%(name)s” calls itself and may never end.") % {"name": macro.name}


def depth(node: nodes.For) -> int:
    return 1 + max((depth(inner) for inner in node.find_all(nodes.For)), default=0)


def is_short(call: nodes.Call) -> bool:
    values = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
    return len(values) == len(call.args) and all(isinstance(v, int) and abs(v) <= LONGEST_RANGE for v in values)


def sizes(root: nodes.Template) -> Found:
    """Texts multiplied, and powers: a short line that fills the memory."""
    for node in root.find_all((nodes.Mul, nodes.Pow)):
        constants = [part.value for part in (node.left, node.right) if isinstance(part, nodes.Const)]
        texts = any(isinstance(value, str) for value in constants)
        large = any(isinstance(value, int) and value > LARGEST_FACTOR for value in constants)
        if isinstance(node, nodes.Pow) or texts or large:
            yield node, _("Multiplying a text or raising to a power could fill the memory. Write the result out.")
