"""The rule by tables, and the SQL of the sweeps against the pure function on generated houses."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalog.models import Collector, UsageDay, UsageVisitor
from catalog.rules import RuleBook
from catalog.sweeps.base import Moment, scope
from catalog.sweeps.stale import RULES
from catalog.usage_facts import VERDICT_CTES, facts_of_many
from catalog.verdict import Outcome, SignalFacts, UseFacts, Verdict, judge
from tests.makers.catalog import NOW, make_app

TODAY = date(2026, 11, 23)
WHOLE = SignalFacts("s", "Sign-ins", complete_from=TODAY - timedelta(days=90), complete_until=TODAY)
BEHIND = replace(WHOLE, complete_until=TODAY - timedelta(days=4))
SHORT = replace(WHOLE, complete_from=TODAY - timedelta(days=59))


def facts(*signals, **changes):
    known = {"today": TODAY, "window": 60, "threshold": 3, "lag": 3, "live_since": TODAY - timedelta(days=100)}
    return UseFacts(**{**known, "signals": signals, **changes})


@pytest.mark.parametrize(
    ("given_facts", "outcome", "code"),
    [
        (facts(replace(WHOLE, busiest_day=3, user_days=3)), "active", "enough_users"),
        (facts(replace(BEHIND, busiest_day=3, user_days=3)), "active", "enough_users"),
        (facts(WHOLE, open_tickets=1), "active", "open_tickets"),
        (facts(WHOLE), "inactive", "too_few_users"),
        (facts(replace(WHOLE, busiest_day=1, user_days=2)), "inactive", "too_few_users"),
        (facts(replace(WHOLE, busiest_day=1, user_days=3)), "unknown", "same_person"),
        (facts(BEHIND), "unknown", "incomplete"),
        (facts(SHORT), "unknown", "incomplete"),
        (facts(WHOLE, BEHIND), "unknown", "incomplete"),
        (facts(WHOLE, replace(BEHIND, is_required=False)), "inactive", "too_few_users"),
        (facts(), "unknown", "no_collector"),
        (facts(WHOLE, live_since=TODAY - timedelta(days=59)), "unknown", "too_new"),
        (facts(WHOLE, live_since=TODAY - timedelta(days=60)), "inactive", "too_few_users"),
        (facts(WHOLE, live_since=None), "unknown", "too_new"),
        (
            facts(replace(WHOLE, identifies_visitors=True, busiest_day=1, user_days=40), visitors=2),
            "inactive",
            "too_few_users",
        ),
        (
            facts(replace(WHOLE, identifies_visitors=True, busiest_day=2, user_days=40), visitors=0),
            "unknown",
            "same_person",
        ),
    ],
)
def test_rule(given_facts, outcome, code):
    verdict = judge(given_facts)
    assert (verdict.outcome, verdict.reason.code) == (outcome, code)
    assert Verdict.from_json(verdict.as_json()).sentences == verdict.sentences


def in_sql():
    moment = Moment(NOW)
    select = scope(RuleBook.load(), moment, states=["active"], rules=RULES)
    with connection.cursor() as cursor:
        sql = f"WITH scope AS ({select.sql}), {VERDICT_CTES} SELECT app_id, outcome, fewest, most FROM verdict"  # noqa: S608
        cursor.execute(sql, select.params)
        return {pk: row for pk, *row in cursor.fetchall()}


offsets = st.integers(-2, 70)
houses = st.fixed_dictionaries(
    {
        "collectors": st.lists(
            st.tuples(st.none() | st.integers(50, 70), st.none() | st.integers(0, 6), st.booleans(), st.booleans()),
            max_size=3,
        ),
        "days": st.lists(
            st.tuples(st.integers(0, 3), offsets, st.integers(0, 4)), max_size=12, unique_by=lambda d: d[:2]
        ),
        "visitors": st.lists(offsets, max_size=5),
        "tickets": st.integers(0, 1),
        "age": st.integers(55, 65),
    }
)


class TestSql(TestCase):
    @settings(max_examples=200, deadline=None)
    @given(houses)
    def test_equals_the_pure_function(self, house):
        app = make_app(now=NOW - timedelta(days=house["age"]), open_tickets=house["tickets"])
        ago = lambda days: None if days is None else TODAY - timedelta(days=days)  # noqa: E731
        Collector.objects.bulk_create(
            [
                Collector(
                    signal=f"s{number}",
                    label=f"S{number}",
                    complete_from=ago(since),
                    complete_until=ago(until),
                    identifies_visitors=tells,
                    is_required=required,
                )
                for number, (since, until, tells, required) in enumerate(house["collectors"])
            ]
        )
        UsageDay.objects.bulk_create(
            [UsageDay(app=app, signal=f"s{s}", day=ago(days), users=users) for s, days, users in house["days"]]
        )
        UsageVisitor.objects.bulk_create(
            [UsageVisitor(app=app, visitor=str(n), last_seen_on=ago(days)) for n, days in enumerate(house["visitors"])]
        )
        known = facts_of_many([app], now=NOW)[app.pk]
        assert in_sql()[app.pk] == [judge(known).outcome.value, known.fewest, known.most]


def test_every_outcome_has_a_label():
    assert [str(one.label) for one in Outcome] == ["In use", "Not in use", "Not known"]
