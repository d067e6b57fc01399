from approvals.source_diff import Line, between


def test_only_what_differs_with_signs():
    (found,) = between({"a.rego": "one\ntwo\n", "b.rego": "same"}, {"a.rego": "one\nthree\n", "b.rego": "same"})
    assert found.name == "a.rego"
    assert found.lines == [Line("@", ""), Line(" ", "one"), Line("-", "two"), Line("+", "three")]


def test_a_new_and_a_removed_file():
    found = between({"old.rego": "gone"}, {"new.rego": "here"})
    assert [(one.name, one.lines[-1]) for one in found] == [
        ("new.rego", Line("+", "here")),
        ("old.rego", Line("-", "gone")),
    ]


def test_lines_that_look_like_headers_are_kept():
    (found,) = between({"a.rego": ""}, {"a.rego": "-- a\n++ b"})
    assert [line.text for line in found.lines[1:]] == ["-- a", "++ b"]
