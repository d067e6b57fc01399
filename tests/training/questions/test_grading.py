"""What answers are worth, against a slow oracle that follows the words of the rules."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.questions.grading import grade, lefts, number, rights
from training.questions.item import Accepted, Item, ItemKind, Option, Pair, PolicyBinding, Range

weights = st.sampled_from([-100, -50, -33.33333, 0, 25, 33.33333, 50, 100])


def item(kind: ItemKind, **parts) -> Item:
    return Item(key="q", kind=kind, text="?", **parts)


@given(st.lists(weights, min_size=2, max_size=8), st.data())
def test_several_answers_sum_their_weights_between_nothing_and_all(found, data):
    chosen = data.draw(st.lists(st.integers(0, len(found) - 1), unique=True))
    got = grade(item(ItemKind.MULTIPLE, options=tuple(Option(str(n), w) for n, w in enumerate(found))), chosen)
    slow = sum((Fraction(str(found[n])) for n in chosen), Fraction(0)) / 100
    slow = Fraction(1) if slow > Fraction(999, 1000) else max(Fraction(0), slow)
    assert got == pytest.approx(float(slow))


@given(st.integers(2, 6), st.data())
def test_order_counts_what_is_followed_by_what_belongs_after_it(size, data):
    order = data.draw(st.permutations(range(size)))
    got = grade(item(ItemKind.ORDERING, items=tuple(map(str, range(size)))), list(order))
    follows = [order.index(n) + 1 == order.index(n + 1) for n in range(size - 1)]
    assert got == pytest.approx(follows.count(True) / (size - 1))


def test_only_the_right_order_is_all_of_the_points():
    asked = item(ItemKind.ORDERING, items=("a", "b", "c", "d"))
    full = [order for order in permutations(range(4)) if grade(asked, list(order)) == 1]
    assert full == [(0, 1, 2, 3)]


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=5), st.data())
def test_matching_is_the_share_of_right_pairs(found, data):
    pairs = tuple(Pair(f"left {n}", right) for n, right in enumerate(found)) + (Pair("", "extra"),)
    asked = item(ItemKind.MATCHING, pairs=pairs)
    offered = rights(asked)
    answer = data.draw(st.lists(st.none() | st.integers(0, len(offered) - 1), min_size=len(found), max_size=len(found)))
    right = sum(1 for n, one in enumerate(answer) if one is not None and offered[one] == found[n])
    assert lefts(asked) == [f"left {n}" for n in range(len(found))]
    assert grade(asked, answer) == pytest.approx(right / len(found))


thousandths = st.integers(-(10**9), 10**9).map(lambda n: n / 1000)


@given(thousandths, thousandths.map(abs), thousandths)
def test_a_number_within_the_tolerance_counts(value, tolerance, typed):
    got = grade(item(ItemKind.NUMERIC, ranges=(Range(value, tolerance),)), repr(typed))
    distance = abs(Fraction(repr(typed)) - Fraction(repr(value)))
    assert got == (1.0 if distance <= Fraction(repr(tolerance)) else 0.0)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("90", 90), ("4,5", 4.5), ("1,000", 1000), ("1,000.5", 1000.5), ("1 000", 1000), ("-2", -2), ("1e3", 1000)],
)
def test_numbers_are_read_as_people_write_them(typed, value):
    assert float(number(typed)) == value


@pytest.mark.parametrize("typed", ["", "ninety", "NaN", "inf", "1e99999", "--1", "9" * 400])
def test_what_is_no_number_is_worth_nothing(typed):
    assert grade(item(ItemKind.NUMERIC, ranges=(Range(90),)), typed) == 0


@pytest.mark.parametrize(
    ("typed", "worth"),
    [("Connector", 1), ("  a   connector ", 0.5), ("connectors", 0), ("con.ector", 0), ("the bus", 0.25), ("bus", 0)],
)
def test_short_answers_ignore_case_and_blanks_and_know_a_star(typed, worth):
    accepted = (Accepted("connector"), Accepted("a connector", 50), Accepted("the *", 25))
    assert grade(item(ItemKind.SHORT_ANSWER, accepted=accepted), typed) == worth


def test_a_bound_question_is_right_when_it_says_what_the_policy_said():
    asked = item(ItemKind.TRUE_FALSE, policy=PolicyBinding("external-hosts"))
    assert [grade(asked, said, key) for said, key in ((True, True), (True, False), (False, False), (True, None))] == [
        1, 0, 1, 0,
    ]  # fmt: skip


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(),
    lambda inner: st.lists(inner, max_size=4),
)


@given(ANY)
def test_an_answer_that_does_not_fit_is_worth_nothing_or_something_but_never_an_error(answer):
    for asked in (
        item(ItemKind.SINGLE, options=(Option("a", 100), Option("b"))),
        item(ItemKind.MULTIPLE, options=(Option("a", 100), Option("b", -100))),
        item(ItemKind.TRUE_FALSE, answer=True),
        item(ItemKind.ORDERING, items=("a", "b", "c")),
        item(ItemKind.MATCHING, pairs=(Pair("a", "b"), Pair("c", "d"))),
        item(ItemKind.NUMERIC, ranges=(Range(1),)),
        item(ItemKind.SHORT_ANSWER, accepted=(Accepted("a"),)),
    ):
        assert 0 <= grade(asked, answer) <= 1
