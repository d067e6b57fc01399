"""A question as a page shows it: while it is answered, in the attempt's order; afterwards, with what was right."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.markdown import render as markdown
from training.models import AttemptItem
from training.questions import codec
from training.questions.grading import lefts, rights
from training.questions.item import Item, ItemKind


@dataclass(frozen=True)
class Choice:
    """`value` is what the form sends. `mark` is "right", "wrong" or "" when looked back at."""

    value: str
    text: str
    is_chosen: bool
    mark: str = ""
    feedback: str = ""


@dataclass(frozen=True)
class Shown:
    """`rows` are the selects of ordering and matching: a label, a field name and its choices."""

    name: str
    number: int
    kind: str
    text: str
    hint: str
    choices: list[Choice]
    rows: list[tuple[str, str, list[Choice]]]
    typed: str
    unit: str
    is_answered: bool


HINTS = {
    ItemKind.SINGLE: gettext_lazy("Choose one answer."),
    ItemKind.MULTIPLE: gettext_lazy("Choose all that fit. A wrong one takes points."),
    ItemKind.TRUE_FALSE: gettext_lazy("Choose one answer."),
    ItemKind.ORDERING: gettext_lazy("Give every line its place."),
    ItemKind.MATCHING: gettext_lazy("Choose what belongs to each line."),
    ItemKind.NUMERIC: gettext_lazy("Type a number."),
    ItemKind.SHORT_ANSWER: gettext_lazy("Type a word or a few."),
}


def shown(row: AttemptItem) -> Shown:
    """No key and no weight is in what this gives: it is what the browser sees."""
    item, name = codec.read(row.question.content), f"q{row.position}"
    return Shown(
        name=name,
        number=row.position,
        kind=item.kind,
        text=text_of(item),
        hint=str(HINTS[item.kind]),
        choices=choices(item, row),
        rows=selects(item, row, name),
        typed=str(row.answer) if item.kind in (ItemKind.NUMERIC, ItemKind.SHORT_ANSWER) and row.answer else "",
        unit=item.unit,
        is_answered=row.answer is not None,
    )


def text_of(item: Item) -> str:
    return markdown(item.text)


def choices(item: Item, row: AttemptItem) -> list[Choice]:
    if item.kind == ItemKind.TRUE_FALSE:
        return [
            Choice("true", _("True"), row.answer is True),
            Choice("false", _("False"), row.answer is False),
        ]
    chosen = row.answer if isinstance(row.answer, list) else [row.answer]
    if item.kind in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        return [Choice(str(n), item.options[n].text, n in chosen) for n in row.order]
    return []


def selects(item: Item, row: AttemptItem, name: str) -> list[tuple[str, str, list[Choice]]]:
    answer = row.answer if isinstance(row.answer, list) else []
    if item.kind == ItemKind.ORDERING:
        place = {number: spot for spot, number in enumerate(answer, start=1)}
        return [
            (
                item.items[n],
                f"{name}-{n}",
                [Choice(str(spot), str(spot), place.get(n) == spot) for spot in range(1, len(item.items) + 1)],
            )
            for n in row.order
        ]
    if item.kind == ItemKind.MATCHING:
        offered = rights(item)
        return [
            (
                left,
                f"{name}-{n}",
                [Choice(str(r), offered[r], n < len(answer) and answer[n] == r) for r in row.order],
            )
            for n, left in enumerate(lefts(item))
        ]
    return []


@dataclass(frozen=True)
class LookedBack:
    """`points` is the share of the points, in percent. `given` and `right` are lines of text."""

    number: int
    text: str
    points: int
    given: list[str]
    right: list[str]
    feedback: list[str]
    explanation: str


def looked_back(row: AttemptItem) -> LookedBack:
    item = codec.read(row.question.content)
    return LookedBack(
        number=row.position,
        text=text_of(item),
        points=round((row.score or 0) * 100),
        given=said(item, row.answer) or [_("no answer")],
        right=right_of(item, row.key),
        feedback=feedback_of(item, row),
        explanation=markdown(item.explanation),
    )


def said(item: Item, answer: Any) -> list[str]:
    if answer is None:
        return []
    match item.kind:
        case ItemKind.SINGLE:
            return [item.options[answer].text]
        case ItemKind.MULTIPLE:
            return [item.options[n].text for n in answer]
        case ItemKind.TRUE_FALSE:
            return [_("True") if answer else _("False")]
        case ItemKind.ORDERING:
            return [f"{spot}. {item.items[n]}" for spot, n in enumerate(answer, start=1)]
        case ItemKind.MATCHING:
            offered = rights(item)
            return [
                f"{left}: {offered[n] if n is not None else _('no answer')}"
                for left, n in zip(lefts(item), answer, strict=True)
            ]
    return [f"{answer} {item.unit}".strip()]


def right_of(item: Item, key: bool | None) -> list[str]:
    match item.kind:
        case ItemKind.SINGLE | ItemKind.MULTIPLE:
            return [option.text for option in item.options if option.is_right]
        case ItemKind.TRUE_FALSE:
            return [_("True") if (key if item.policy else item.answer) else _("False")]
        case ItemKind.ORDERING:
            return [f"{spot}. {text}" for spot, text in enumerate(item.items, start=1)]
        case ItemKind.MATCHING:
            return [f"{pair.left}: {pair.right}" for pair in item.pairs if pair.left]
        case ItemKind.NUMERIC:
            best = [one for one in item.ranges if one.weight >= 100]
            return [
                f"{one.value:g} {item.unit}".strip() + (f" ± {one.tolerance:g}" if one.tolerance else "")
                for one in best
            ]
    return [one.text for one in item.accepted if one.weight >= 100]


def feedback_of(item: Item, row: AttemptItem) -> list[str]:
    if item.kind == ItemKind.TRUE_FALSE:
        return [text for text in (item.feedback[1 if row.score else 0],) if text]
    chosen = row.answer if isinstance(row.answer, list) else [row.answer]
    return [
        item.options[n].feedback
        for n in chosen
        if isinstance(n, int) and n < len(item.options) and item.options[n].feedback
    ]
