import pytest

from approvals import rules
from catalog.material import material

BEFORE = {"data_classification": "internal", "hosts": {"a.example"}, "connectors": {"hr"}, "audience_size": 40}


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ({}, set()),
        ({"data_classification": "personal"}, {"data_classification"}),
        ({"data_classification": "public"}, set()),
        ({"hosts": {"a.example", "b.example"}}, {"hosts"}),
        ({"hosts": set()}, set()),
        ({"connectors": {"erp"}}, {"connectors"}),
        ({"audience_size": 100}, set()),
        ({"audience_size": 101}, {"audience_size"}),
        ({"audience_size": 5}, set()),
        ({"audience_size": 900, "hosts": {"b.example"}}, {"audience_size", "hosts"}),
    ],
)
def test_more_reach_is_material_and_less_is_not(after, found):
    assert material(BEFORE, after, rules.shipped("risk")) == found
