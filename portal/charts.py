"""Chart geometry: percentages only, so the SVG scales in CSS and needs no inline style and no script.

A missing value is None and is drawn as a gap, never as zero."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

Number = int | float
Values = Sequence[Number | None]
SERIES = ("s1", "s2", "s3")
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class Series:
    name: str
    cls: str
    values: Values
    line: str = ""
    area: str = ""
    dots: str = ""

    @property
    def last(self) -> Number | None:
        """The newest value that is known."""
        return next((value for value in reversed(self.values) if value is not None), None)


@dataclass(frozen=True)
class GridLine:
    y: str
    label: Number


@dataclass(frozen=True)
class Bar:
    cls: str
    x: str
    y: str
    w: str
    h: str


@dataclass(frozen=True)
class Cell:
    name: str
    value: Number | None


@dataclass(frozen=True)
class Band:
    """One step of the x axis: where it lies, and what stands there."""

    x: str
    w: str
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Chart:
    kind: str
    heading: str
    labels: list[str]
    series: list[Series]
    grid: list[GridLine]
    bands: list[Band]
    bars: list[Bar] = field(default_factory=list)
    goal: str = ""

    @property
    def names(self) -> str:
        return ", ".join(str(series.name) for series in self.series)


@dataclass(frozen=True)
class Spark:
    line: str
    end: str
    goal: str = ""


def _p(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def scale(highest: Number) -> tuple[Number, Number]:
    """The top of the axis and the step of its grid: at most five round steps."""
    power = 1
    while True:
        for step in STEPS:
            if highest <= step * power * 5:
                return max(1, ceil(highest / (step * power))) * step * power, step * power
        power *= 10_000


def _path(points: Sequence[tuple[float, float] | None]) -> tuple[str, str, str]:
    """Line, area and dots through `points`; None breaks line and area."""
    line = area = dots = ""
    run: list[tuple[float, float]] = []
    for point in [*points, None]:
        if point is not None:
            run.append(point)
            dots += f"M{_p(point[0])} {_p(point[1])}h0"
        elif run:
            piece = "M" + "L".join(f"{_p(x)} {_p(y)}" for x, y in run)
            line += piece
            area += f"{piece}L{_p(run[-1][0])} 100L{_p(run[0][0])} 100Z"
            run = []
    return line, area, dots


def _grid(top: Number, step: Number) -> list[GridLine]:
    return [GridLine(_p(100 - i * step / top * 100), i * step) for i in range(round(top / step) + 1)]


def _bands(labels: Sequence[str], series: Sequence[tuple[str, Values]]) -> list[Band]:
    width = 100 / len(labels)
    return [
        Band(_p(i * width), _p(width), label, [Cell(name, values[i]) for name, values in series])
        for i, label in enumerate(labels)
    ]


def line(
    labels: Sequence[str], series: Sequence[tuple[str, Values]], *, heading: str, goal: Number | None = None
) -> Chart:
    """Up to three lines over the same steps. `heading` names the steps ("Month")."""
    known = [value for _, values in series for value in values if value is not None]
    top, step = scale(max([*known, goal or 0, 0]))
    width = 100 / len(labels)
    drawn = []
    for cls, (name, values) in zip(SERIES, series, strict=False):
        points = [None if v is None else ((i + 0.5) * width, 100 - v / top * 100) for i, v in enumerate(values)]
        drawn.append(Series(name, cls, values, *_path(points)))
    mark = "" if goal is None else _p(100 - goal / top * 100)
    return Chart("line", heading, list(labels), drawn, _grid(top, step), _bands(labels, series), goal=mark)


def stack(labels: Sequence[str], series: Sequence[tuple[str, Values]], *, heading: str, kind: str = "stack") -> Chart:
    """Up to three series, one column a step, piled up from the zero line."""
    top, step = scale(max([sum(values[i] or 0 for _, values in series) for i in range(len(labels))] or [0]))
    width = 100 / len(labels)
    bars = []
    for i in range(len(labels)):
        base = 0.0
        for cls, (_, values) in zip(SERIES, series, strict=False):
            height = (values[i] or 0) / top * 100
            if height:
                bars.append(
                    Bar(
                        cls,
                        _p((i + 0.22) * width),
                        _p(100 - base - height),
                        _p(0.56 * width),
                        _p(max(height - 0.8, 0.4)),
                    )
                )
            base += height
    drawn = [Series(name, cls, values) for cls, (name, values) in zip(SERIES, series, strict=False)]
    return Chart(kind, heading, list(labels), drawn, _grid(top, step), _bands(labels, series), bars)


def bar(labels: Sequence[str], name: str, values: Values, *, heading: str) -> Chart:
    """One series of columns."""
    return stack(labels, [(name, values)], heading=heading, kind="bar")


def spark(values: Values, goal: Number | None = None) -> Spark | None:
    """A small trend line without axes; None when fewer than two values are known."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    every = [*known, *([] if goal is None else [goal])]
    low, span = min(every), (max(every) - min(every)) or 1
    points = [
        None if v is None else (i / (len(values) - 1) * 100, 26 - (v - low) / span * 22) for i, v in enumerate(values)
    ]
    last = next(point for point in reversed(points) if point is not None)
    mark = "" if goal is None else f"M0 {_p(26 - (goal - low) / span * 22)}h100"
    return Spark(_path(points)[0], f"M{_p(last[0])} {_p(last[1])}h0", mark)
