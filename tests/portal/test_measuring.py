"""Units add up: each has its own rows and those of all below it; the house has every row, also without a unit."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from portal.measuring import Sums, rolled_up

TREES = st.integers(1, 9).flatmap(
    lambda size: st.tuples(*(st.one_of(st.none(), st.integers(1, at)) if at else st.none() for at in range(size)))
)


def slow(own, parents, unit):
    """Add the rows of every unit from which `unit` is reached by going up."""
    found = Sums()
    for at, sums in own.items():
        walked = at
        while walked is not None and walked != unit:
            walked = parents[walked]
        if unit is None or walked == unit:
            found += sums
    return found


@given(TREES, st.data())
def test_each_unit_holds_what_is_below_it(tree, data):
    parents = dict(enumerate(tree, 1))
    numbers = st.builds(Sums, st.integers(0, 99).map(Decimal), st.integers(0, 99).map(Decimal), st.integers(0, 9))
    own = data.draw(st.dictionaries(st.sampled_from([None, *parents]), numbers))
    found = rolled_up(own, parents)
    assert set(found) == {None, *parents}
    for unit in found:
        assert found[unit] == slow(own, parents, unit)


def test_a_circle_of_units_ends():
    found = rolled_up({1: Sums(Decimal(1), Decimal(1), 1)}, {1: 2, 2: 1})
    assert found[1] == found[2] == found[None]
