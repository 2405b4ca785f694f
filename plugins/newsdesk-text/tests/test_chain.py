import math
import tomllib
from importlib.resources import files
from itertools import pairwise, product

import pytest
from newsdesk_text.chain import probabilities, weights

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


VOCABULARY = """any line size shape ends stop open cut colon comma sentences words no all mostly capital upper low starts quotes
    asks bar bullet numbered address date time price by says under repeated prose before after behind between around nothing
    place opening middle closing run short long True False"""
"""What features are made of; besides there are numbers, and the names of the rows of wordings."""


def test_no_weight_stands_for_a_word_of_an_article():
    rows = tomllib.loads(files("newsdesk_text").joinpath("wordings.toml").read_text("utf-8"))["row"]
    known = set(VOCABULARY.split()) | {word for row in rows for word in f"{row['reason']} {row['rule']}".split()}
    assert {word for name in weights().features for word in name.split() if not word.isdigit()} <= known
