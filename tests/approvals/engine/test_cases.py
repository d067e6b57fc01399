import pytest

from approvals.engine.cases import BASE, BadCases, merged, read
from approvals.engine.inputs import problem_of


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({}, "a list"),
        ([{}], "no name"),
        ([{"name": "a", "input": []}], "group of fields"),
        ([{"name": "a", "denials": "x"}], "list of texts"),
        ([{"name": "a", "extra": 1}], "extra"),
        ([{"name": "a"}, {"name": "a"}], "same name"),
        ([{"name": str(n)} for n in range(201)], "more than 200"),
    ],
)
def test_cases_that_cannot_be_read_say_why(found, said):
    with pytest.raises(BadCases, match=said):
        read(found)


def test_a_case_says_only_what_differs():
    case = read([{"name": "a", "input": {"app": {"audience_size": 9}}}])[0]
    document = merged(BASE, case.input)
    assert (document["app"]["audience_size"], document["app"]["name"]) == (9, "Shift swap")
    assert problem_of(document) is None


def test_the_schema_names_what_is_wrong():
    assert "request.hosts" in problem_of(merged(BASE, {"request": {"hosts": "x"}}))
