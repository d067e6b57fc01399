import pytest

from catalog.contract import FIELDS, MANDATORY, gaps
from catalog.models import MicroApp

FULL = {
    "name": "Shift swap", "purpose": "p", "justification": "j", "owner": 1, "second_owner": 2, "contact": "a@b.example",
    "business_unit": 3, "cost_centre": 4, "data_classification": "internal", "audience_size": 40,
    "sla_tier": "best_effort", "connectors": [], "hosts": [], "apps": [],
}  # fmt: skip


def test_a_full_contract_has_no_gaps():
    assert gaps(FULL) == []


@pytest.mark.parametrize("key", list(FULL))
def test_each_mandatory_field_is_named_when_it_is_absent(key):
    assert gaps({k: v for k, v in FULL.items() if k != key}) == [key]


@pytest.mark.parametrize("blank", ["", "   ", None])
def test_a_blank_text_is_a_gap(blank):
    assert gaps({**FULL, "purpose": blank}) == ["purpose"]


def test_nobody_uses_it_is_no_answer_but_no_dependencies_is_one():
    assert gaps({**FULL, "audience_size": 0, "hosts": []}) == ["audience_size"]


def test_gaps_come_in_the_order_of_the_contract():
    assert gaps({}) == [field.key for field in MANDATORY if field.default is None]


def test_every_field_is_a_column_or_a_dependency():
    columns = {field.name for field in MicroApp._meta.get_fields()}
    assert {key for key in FIELDS if key not in columns} == {"connectors", "apps"}
