from approvals.differences import rows


def test_only_what_changed_is_listed_in_the_order_of_the_new_facts():
    before = [["Purpose", "Old"], ["Owner", "Priya"], ["Gone", "x"]]
    after = [["Owner", "Priya"], ["Hosts", "a.example"], ["Purpose", "New"]]
    assert rows(before, after) == [("Hosts", "", "a.example"), ("Purpose", "Old", "New"), ("Gone", "x", "")]


def test_equal_facts_have_no_difference():
    assert rows([["Purpose", "Same"]], [["Purpose", "Same"]]) == []
