"""Writing GIFT that reads back as the same questions. What GIFT cannot carry is named in a comment."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from training.gift.text import escaped
from training.questions.item import Item, ItemKind


@dataclass(frozen=True)
class Written:
    """`skipped` are the questions that are not in it: to put in order, or bound to a policy."""

    text: str
    skipped: list[Item]


def write(items: Iterable[Item], category: str = "") -> Written:
    parts, skipped = [f"$CATEGORY: {category}"] if category else [], []
    for item in items:
        if item.kind == ItemKind.ORDERING or item.policy is not None:
            skipped.append(item)
            parts.append("// " + _("Left out, because GIFT cannot carry it: %(id)s") % {"id": item.key})
        else:
            parts.append(block(item))
    return Written("\n\n".join(parts) + "\n", skipped)


def block(item: Item) -> str:
    tags = "".join(f" [tag:{tag}]" for tag in item.tags)
    title = f"::{escaped(item.title)}::" if item.title else ""
    general = f"\n\t####{escaped(item.explanation)}" if item.explanation else ""
    return f"// [id:{item.key}]{tags}\n{title}[{item.format}]{escaped(item.text)}{{{answers(item)}{general}\n}}"


def number(value: float) -> str:
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def line(sign: str, weight: float | None, text: str, feedback: str) -> str:
    share = f"%{number(weight)}%" if weight is not None else ""
    said = f"#{escaped(feedback)}" if feedback else ""
    return f"\n\t{sign}{share}{text}{said}"


def answers(item: Item) -> str:
    match item.kind:
        case ItemKind.TRUE_FALSE:
            wrong, right = item.feedback
            said = f"#{escaped(wrong)}#{escaped(right)}" if wrong or right else ""
            return ("TRUE" if item.answer else "FALSE") + said
        case ItemKind.MATCHING:
            return "".join(f"\n\t={escaped(pair.left)} -> {escaped(pair.right)}" for pair in item.pairs)
        case ItemKind.NUMERIC:
            return "#" + "".join(
                line("=", one.weight, f"{number(one.value)}:{number(one.tolerance)}", one.feedback)
                for one in item.ranges
            )
        case ItemKind.SHORT_ANSWER:
            return "".join(line("=", one.weight, escaped(one.text), one.feedback) for one in item.accepted)
        case ItemKind.MULTIPLE:
            return "".join(line("~", one.weight, escaped(one.text), one.feedback) for one in item.options)
    best = max(one.weight for one in item.options)
    return "".join(
        line("=", None if one.weight == 100 else one.weight, escaped(one.text), one.feedback)
        if one.weight == best
        else line("~", one.weight if one.weight else None, escaped(one.text), one.feedback)
        for one in item.options
    )
