"""A linear chain over lines: each line's weights say article or not, and neighbours tend to agree.

A conditional random field with two labels (Lafferty, McCallum and Pereira, 2001), small enough to be read: one number
for each feature, four for the steps between lines. The forward-backward sums give for each line the probability that
it is article, which is as honest a confidence as the training data allow.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Steps = tuple[float, float, float, float]


@dataclass(frozen=True)
class Weights:
    """`features` adds to the log odds of article; `steps` are those for 0→0, 0→1, 1→0, 1→1 (1 is article)."""

    features: Mapping[str, float]
    steps: Steps

    def of(self, names: Iterable[str]) -> float:
        """The log odds that these features give a line by itself."""
        return sum(self.features.get(name, 0.0) for name in names)


@cache
def weights() -> Weights:
    """The weights that ship, as `train.py` wrote them."""
    plain = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
    return Weights(plain["features"], tuple(plain["steps"]))


def probabilities(scores: Sequence[float], steps: Steps) -> list[float]:
    """For each line, the probability of article, given the log odds of all lines and the steps between them."""
    # both sums hold the line's own score, so it is taken out once
    return [_logistic(ahead + behind - score) for ahead, behind, score in zip(*sums(scores, steps), scores, strict=True)]


def sums(scores: Sequence[float], steps: Steps) -> tuple[list[float], list[float]]:
    """For each line, its log odds by the lines up to it, and by the lines from it on; both hold its own score."""
    back = (steps[0], steps[2], steps[1], steps[3])
    return _one_way(scores, steps), _one_way(scores[::-1], back)[::-1]


def _one_way(scores: Sequence[float], steps: Steps) -> list[float]:
    odds: list[float] = []
    for score in scores:
        if odds:
            score += _add(steps[1], odds[-1] + steps[3]) - _add(steps[0], odds[-1] + steps[2])
        odds.append(score)
    return odds


def _add(a: float, b: float) -> float:
    return max(a, b) + math.log1p(math.exp(-abs(a - b)))


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(odds, -700.0)))
