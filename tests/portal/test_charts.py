import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import charts

MONTHS = ["Jan", "Feb", "Mar", "Apr"]


@pytest.mark.parametrize(
    ("highest", "top", "step"),
    [(0, 1, 1), (3, 3, 1), (7, 8, 2), (212, 250, 50), (9_999, 10_000, 2_000), (80_000, 80_000, 20_000)],
)
def test_scale_is_round(highest, top, step):
    assert charts.scale(highest) == (top, step)


@given(st.floats(min_value=0, max_value=1e12, allow_nan=False))
def test_scale_holds_any_value_in_five_steps(highest):
    top, step = charts.scale(highest)
    assert top >= highest
    assert 1 <= round(top / step) <= 5


def test_a_missing_value_is_a_gap_and_never_zero():
    drawn = charts.line(MONTHS, [("Apps", [1, None, 3, 4])], heading="Month")
    apps = drawn.series[0]
    assert apps.line.count("M") == 2
    assert apps.dots.count("M") == 3
    assert drawn.bands[1].cells[0].value is None


def test_the_last_known_value_stands_in_the_legend():
    assert charts.line(MONTHS, [("Apps", [1, 2, 3, None])], heading="Month").series[0].last == 3


def test_columns_pile_up_from_the_zero_line():
    drawn = charts.stack(MONTHS[:1], [("A", [5]), ("B", [5])], heading="Month")
    first, second = drawn.bars
    assert float(first.y) + float(first.h) > float(second.y) + float(second.h)
    assert float(second.y) == pytest.approx(0, abs=0.1)


def test_nothing_is_drawn_for_zero():
    assert charts.bar(MONTHS, "Users", [0, 0, 0, 0], heading="Month").bars == []


def test_a_goal_lies_on_the_scale():
    assert charts.line(MONTHS, [("Apps", [1, 2, 3, 4])], heading="Month", goal=4).goal == "0"


@pytest.mark.parametrize("values", [(), (1,), (None, 2, None)])
def test_too_few_values_make_no_trend(values):
    assert charts.spark(values) is None


def test_a_level_trend_is_a_line():
    drawn = charts.spark([5, 5, 5], goal=5)
    assert drawn is not None
    assert drawn.line == "M0 26L50 26L100 26"
    assert drawn.goal == "M0 26h100"
