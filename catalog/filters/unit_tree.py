"""The business units as a tree in memory: one query, however deep a filter goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.models import BusinessUnit


@dataclass(frozen=True)
class Unit:
    pk: int
    code: str
    name: str
    parent: int | None
    depth: int


class UnitTree:
    """Units in reading order: each followed by the units under it, names in order."""

    def __init__(self, rows: Iterable[tuple[int, str, str, int | None]]) -> None:
        known = {pk: (code, name, parent) for pk, code, name, parent in rows}
        children: dict[int | None, list[int]] = {}
        for pk, (_code, _name, parent) in known.items():
            children.setdefault(parent if parent in known else None, []).append(pk)
        self.units: list[Unit] = []
        line = [(pk, 0) for pk in sorted(children.get(None, []), key=lambda pk: known[pk][1], reverse=True)]
        while line:
            pk, depth = line.pop()
            code, name, parent = known[pk]
            self.units.append(Unit(pk, code, name, parent, depth))
            line += [
                (child, depth + 1) for child in sorted(children.get(pk, []), key=lambda c: known[c][1], reverse=True)
            ]
        self.parents = {unit.pk: unit.parent for unit in self.units}

    @classmethod
    def load(cls) -> "UnitTree":
        return cls(BusinessUnit.objects.values_list("pk", "code", "name", "parent_id"))

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(unit.code, "– " * unit.depth + unit.name) for unit in self.units]

    def line_of(self, pk: int) -> list[int]:
        """The unit and all units over it."""
        line: list[int] = []
        at: int | None = pk
        while at is not None and at in self.parents and at not in line:
            line.append(at)
            at = self.parents[at]
        return line

    def below(self, codes: Iterable[str]) -> list[int]:
        """The numbers of the named units and of all under them."""
        tops = {unit.pk for unit in self.units if unit.code in set(codes)}
        return [unit.pk for unit in self.units if tops.intersection(self.line_of(unit.pk))]

    def rolled_up(self, counts: Mapping[int, int]) -> dict[str, int]:
        """Counts by code, each with those of the units under it."""
        codes = {unit.pk: unit.code for unit in self.units}
        totals = dict.fromkeys(codes.values(), 0)
        for pk, count in counts.items():
            for over in self.line_of(pk):
                totals[codes[over]] += count
        return totals
