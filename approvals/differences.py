"""What changed between two submissions of a request, as a pure function of their facts."""

from collections.abc import Iterable, Sequence

Facts = Iterable[Sequence[str]]
Row = tuple[str, str, str]


def rows(before: Facts, after: Facts) -> list[Row]:
    """The facts that differ, as (label, before, after), in the order of the new facts; a side without the fact is empty."""
    old = {pair[0]: pair[1] for pair in before}
    new = {pair[0]: pair[1] for pair in after}
    labels = [*new, *(label for label in old if label not in new)]
    return [
        (label, old.get(label, ""), new.get(label, "")) for label in labels if old.get(label, "") != new.get(label, "")
    ]
