import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalog import manifest
from catalog.tags import BadTags, cleaned, inline, parse, written
from tests.makers.catalog import make_app


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", {}),
        ("env: production\ndata-owner: Ana", {"data-owner": "Ana", "env": "production"}),
        ("env=test; team = north", {"env": "test", "team": "north"}),
        ("Link: https://example.org/a", {"link": "https://example.org/a"}),
    ],
)
def test_tags_as_people_write_them(text, tags):
    assert parse(text) == tags


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("production", "is no tag"),
        ("env: a\nENV: b", "stands twice"),
        ("env:", "needs a value"),
        ("1st: x", "no name of a tag"),
        ("env: " + "x" * 121, "needs a value"),
        ("\n".join(f"t{n}: x" for n in range(21)), "at most 20"),
    ],
)
def test_what_is_no_tag_says_what_to_write(text, says):
    with pytest.raises(BadTags, match=says):
        parse(text)


LINE = some.characters(codec="utf-8", exclude_characters="\n;", exclude_categories=["Cc", "Zl", "Zp"])
VALUES = some.text(LINE, min_size=1, max_size=40).map(str.strip).filter(bool)


@given(some.dictionaries(some.from_regex(r"[a-z][a-z0-9-]{0,39}", fullmatch=True), VALUES, max_size=20))
def test_written_and_read_again_they_are_the_same(tags):
    assert parse(written(tags)) == cleaned(tags)


def test_on_one_line():
    assert inline({"a": "1", "b": "2"}) == "a=1; b=2"


@pytest.mark.django_db
def test_the_manifest_carries_them(owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner, tags={"env": "production"})
    text = manifest.write(app)
    assert "env: production" in text
    again = manifest.read(text)
    assert (again.problems, again.values["tags"]) == ([], {"env": "production"})
    assert manifest.read(text.replace("env:", "ENV:")).problems
