"""Shares, intervals and percentiles: against examples worked out by hand, and properties that hold for all numbers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.scores.statistics import Share, percentile, step, tenth
from newsdesk.shadow.report import wilson

COUNTS = st.integers(1, 5_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
TIMES = st.lists(st.floats(1e-5, 1000), min_size=1, max_size=200)


def test_no_share_is_said_of_49_decisions():
    assert Share.of_counts(49, 49) == Share(49, 49, None, None, None)


def test_no_share_is_said_of_none():
    assert Share.of_counts(0, 0).share is None


def test_interval_of_45_of_50_is_as_worked_out_by_hand():
    # (0.9 + 3.8415/100) / (1 + 3.8415/50) = 0.8715; 1.96 / 1.0768 * sqrt(0.09/50 + 3.8415/10000) = 0.0851
    assert Share.of_counts(45, 50) == Share(45, 50, 0.9, 0.7864, 0.9565)


def test_interval_of_all_of_50_does_not_end_at_certainty():
    # 50 / (50 + 3.8415) = 0.9287
    assert Share.of_counts(50, 50) == Share(50, 50, 1.0, 0.9287, 1.0)


@given(COUNTS)
def test_interval_lies_within_0_and_1_and_has_the_share_in_it(counts):
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-12 <= high + 2e-12 <= 1 + 2e-12


@given(COUNTS)
def test_interval_of_what_is_wrong_mirrors_that_of_what_is_right(counts):
    right, of = counts
    low, high = wilson(right, of)
    assert wilson(of - right, of) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(COUNTS, st.integers(2, 20))
def test_interval_grows_narrower_with_more_decisions_of_the_same_share(counts, times):
    (low, high), (closer_low, closer_high) = wilson(*counts), wilson(counts[0] * times, counts[1] * times)
    assert closer_high - closer_low < high - low


@pytest.mark.parametrize(("confidence", "lies_in"), [(None, -1), (0, 0), (0.0999, 0), (0.1, 1), (0.83, 8), (0.99, 9), (1, 9)])
def test_confidence_lies_in_a_tenth(confidence, lies_in):
    assert tenth(confidence) == lies_in


def test_where_nothing_ran_there_is_no_time():
    assert percentile({}, 50) is None


@given(TIMES, st.sampled_from([50, 95]))
def test_percentile_is_within_5_percent_of_the_exact_one(seconds, percent):
    times = {}
    for each in seconds:
        times[str(step(each))] = times.get(str(step(each)), 0) + 1
    exact = sorted(seconds)[math.ceil(percent / 100 * len(seconds)) - 1] * 1000
    assert percentile(times, percent) == pytest.approx(exact, rel=0.05)
