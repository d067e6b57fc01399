"""Draws: the same seed draws the same, pools are kept to, nothing comes twice."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from training.questions.drawing import Pool, drawn, option_order
from training.questions.item import Item, ItemKind, Option

BANK = [
    Item(key=f"q{n}", kind=ItemKind.TRUE_FALSE, text="?", answer=True, tags=(("a", "b", "c")[n % 3],))
    for n in range(12)
]
seeds = st.text(min_size=1, max_size=8)


@given(seeds, st.integers(0, 4), st.integers(0, 6))
def test_pools_give_so_many_of_their_tag(seed, first, second):
    got = drawn(BANK, [Pool("a", first), Pool("", second)], seed)
    assert got == drawn(BANK, [Pool("a", first), Pool("", second)], seed)
    assert len(set(got)) == len(got) == first + second
    assert Counter(BANK[n].tags[0] for n in got)["a"] >= first


def test_different_seeds_draw_differently_and_every_question_gets_its_turn():
    draws = [tuple(drawn(BANK, [Pool("", 4)], str(seed))) for seed in range(60)]
    assert len(set(draws)) > 50
    assert {n for draw in draws for n in draw} == set(range(12))


def test_without_pools_all_are_asked_and_without_shuffling_in_their_order():
    assert drawn(BANK, [], "s", shuffle=False) == list(range(12))
    assert sorted(drawn(BANK, [], "s")) == list(range(12))


@given(seeds, st.integers(2, 8))
def test_items_to_order_never_stand_in_order_even_when_nothing_is_shuffled(seed, size):
    item = Item(key="o", kind=ItemKind.ORDERING, text="?", items=tuple(map(str, range(size))))
    for shuffle in (True, False):
        order = option_order(item, seed, shuffle=shuffle)
        assert sorted(order) == list(range(size)) != order


@given(seeds)
def test_options_keep_their_order_when_nothing_is_shuffled(seed):
    item = Item(key="s", kind=ItemKind.SINGLE, text="?", options=(Option("a", 100), Option("b"), Option("c")))
    assert option_order(item, seed, shuffle=False) == [0, 1, 2]
    assert sorted(option_order(item, seed)) == [0, 1, 2]
