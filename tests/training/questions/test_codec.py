"""Questions as data: read, refused with a sentence, written and read again the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.questions import codec
from training.questions.item import Accepted, BadItem, Item, ItemKind, Option, Pair, PolicyBinding, Range

words = st.text(alphabet="abc äöł:{}=~#\\*\n", min_size=1, max_size=12).map(str.strip).filter(bool)
BASE = {"id": "q", "text": "Which?"}


def test_correct_options_share_the_points_and_wrong_ones_take_them():
    data = BASE | {"kind": "multiple", "options": [{"text": "a", "correct": True}, {"text": "b", "correct": True}, "c"]}
    assert [option.weight for option in codec.read(data).options] == [50, 50, -50]


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ({"id": "Not A Slug", "kind": "single"}, "small letters"),
        (BASE | {"kind": "essay"}, "choose a kind of single"),
        (BASE | {"kind": "single", "options": ["a", "b"]}, "mark one option"),
        (BASE | {"kind": "single", "options": [{"text": "a", "correct": True}]}, "2 to 12 options"),
        (BASE | {"kind": "true_false"}, "say the answer"),
        (BASE | {"kind": "true_false", "answer": True, "policy": {"slug": "x"}}, "one of them"),
        (BASE | {"kind": "ordering", "items": ["a", "a"]}, "different items"),
        (BASE | {"kind": "matching", "pairs": [{"left": "a", "right": "b"}]}, "two or more pairs"),
        (BASE | {"kind": "numeric", "answer": "many"}, "is a number"),
        (BASE | {"kind": "short_answer", "answers": []}, "an answer that is right"),
        ({"id": "q", "kind": "true_false", "answer": True}, "write the question"),
        ("no mapping", "list of fields"),
        (BASE | {"kind": "single", "options": {"a": 1}}, "is a list"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(data, part):
    with pytest.raises(BadItem, match=part):
        codec.read(data)


def items() -> st.SearchStrategy[Item]:
    shared = {"key": st.just("q"), "text": words, "explanation": words | st.just(""), "tags": st.tuples(words)}
    options = st.lists(words, min_size=1, max_size=4, unique=True).map(
        lambda texts: (Option("right", 100, "yes"), *(Option(text, 0) for text in texts))
    )
    return st.one_of(
        st.builds(Item, kind=st.just(ItemKind.SINGLE), options=options, **shared),
        st.builds(Item, kind=st.just(ItemKind.TRUE_FALSE), answer=st.booleans(), **shared),
        st.builds(
            Item,
            kind=st.just(ItemKind.TRUE_FALSE),
            policy=st.builds(PolicyBinding, st.just("p"), st.just({"a": 1})),
            **shared,
        ),
        st.builds(
            Item,
            kind=st.just(ItemKind.ORDERING),
            items=st.lists(words, min_size=2, max_size=5, unique=True).map(tuple),
            **shared,
        ),
        st.builds(
            Item,
            kind=st.just(ItemKind.MATCHING),
            pairs=st.just((Pair("a", "b"), Pair("c", "d"), Pair("", "e"))),
            **shared,
        ),
        st.builds(
            Item,
            kind=st.just(ItemKind.NUMERIC),
            ranges=st.just((Range(4.5, 0.1), Range(4, 1, 50))),
            unit=words,
            **shared,
        ),
        st.builds(Item, kind=st.just(ItemKind.SHORT_ANSWER), accepted=st.tuples(st.builds(Accepted, words)), **shared),
    )


@given(items())
def test_what_is_written_reads_the_same(item):
    assert codec.read(codec.dump(item)) == item


@given(items())
def test_the_digest_changes_with_what_a_learner_sees_and_with_nothing_else(item):

    assert codec.digest(replace(item, tags=("other",), title="Other")) == codec.digest(item)
    assert codec.digest(replace(item, text=item.text + "!")) != codec.digest(item)
