import math
from itertools import pairwise, product

import pytest
from newsdesk_text.chain import probabilities

STEPS = (0.4, -0.9, -1.3, 0.7)


def by_hand(scores, steps):
    """The same by going through all labellings."""
    total, kept = 0.0, [0.0] * len(scores)
    for labels in product((0, 1), repeat=len(scores)):
        log = sum(s for s, y in zip(scores, labels, strict=True) if y) + sum(steps[2 * a + b] for a, b in pairwise(labels))
        total += math.exp(log)
        kept = [k + y * math.exp(log) for k, y in zip(kept, labels, strict=True)]
    return [k / total for k in kept]


def test_no_lines_have_no_probabilities():
    assert probabilities([], STEPS) == []


def test_single_line_has_the_odds_of_its_score():
    assert probabilities([0.0], STEPS) == [0.5]


def test_sums_over_all_labellings():
    scores = [1.2, -0.3, 0.0, -2.5, 0.8]
    assert probabilities(scores, STEPS) == pytest.approx(by_hand(scores, STEPS))


def test_great_odds_do_not_overflow():
    assert probabilities([5000.0, -5000.0], STEPS) == pytest.approx([1.0, 0.0])
