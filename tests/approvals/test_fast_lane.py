from math import comb

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from approvals import fast_lane
from approvals.risk import RiskFacts

FINE = RiskFacts(certification="Foundations")


def test_nothing_in_the_way():
    assert fast_lane.obstacles("low", FINE, has_fast_lane=True, is_open=True) == []


@pytest.mark.parametrize(
    ("tier", "facts", "has", "is_open", "says"),
    [
        ("medium", FINE, True, True, "The risk is not low"),
        ("high", FINE, True, True, "The risk is not low"),
        ("low", RiskFacts(), True, True, "no valid certification"),
        ("low", RiskFacts(certification="F", failing=("External hosts",)), True, True, "External hosts"),
        ("low", FINE, False, True, "always decided by a person"),
        ("low", FINE, True, False, "closed for everyone"),
    ],
)
def test_each_obstacle_is_a_sentence(tier, facts, has, is_open, says):
    (sentence,) = fast_lane.obstacles(tier, facts, has_fast_lane=has, is_open=is_open)
    assert says in sentence


def test_the_draw_follows_from_the_seed_and_keeps_the_share():
    drawn = [fast_lane.is_drawn(f"seed {number}", 10) for number in range(20_000)]
    assert drawn == [fast_lane.is_drawn(f"seed {number}", 10) for number in range(20_000)]
    assert 0.09 < sum(drawn) / len(drawn) < 0.11
    assert all(fast_lane.is_drawn(f"seed {number}", 100) for number in range(100))


def test_no_audit_is_no_rate():
    assert fast_lane.rate(0, 0) is None


def test_the_interval_of_known_figures():
    rate = fast_lane.rate(3, 40)
    assert (round(rate.share, 3), round(rate.low, 4), round(rate.high, 4)) == (0.075, 0.0258, 0.1986)


@given(audited=integers(1, 400), wrong=integers(0, 400))
def test_the_interval_holds_the_share_and_narrows(audited, wrong):
    wrong = min(wrong, audited)
    rate, larger = fast_lane.rate(wrong, audited), fast_lane.rate(wrong * 10, audited * 10)
    assert 0 <= rate.low <= rate.share <= rate.high <= 1
    assert larger.high - larger.low < rate.high - rate.low


def test_the_interval_covers_the_truth_nearly_as_often_as_it_says():
    audited, truth = 100, 0.05
    covered = 0.0
    for wrong in range(audited + 1):
        rate = fast_lane.rate(wrong, audited)
        if rate.low <= truth <= rate.high:
            covered += comb(audited, wrong) * truth**wrong * (1 - truth) ** (audited - wrong)
    assert covered > 0.93
