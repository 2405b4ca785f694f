import pytest

from newsdesk.shadow.report import share, timing, wilson


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
)
def test_interval_is_that_of_the_literature(right, of, low, high):
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-5)


def test_few_decisions_have_no_share():
    assert share(49, 49) == {"share": None, "low": None, "high": None}


def test_nothing_timed_has_no_percentiles():
    timed = timing({"versions": {}, "outcomes": {}, "seconds": []})
    assert (timed["p50_ms"], timed["p95_ms"]) == (None, None)


def test_percentiles_are_durations_that_were_seen():
    timed = timing({"versions": {}, "outcomes": {}, "seconds": [number / 1000 for number in range(100, 0, -1)]})
    assert (timed["timed"], timed["p50_ms"], timed["p95_ms"]) == (100, 50.0, 95.0)
