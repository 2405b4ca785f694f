"""Shares with their intervals, and times that can be added up: a histogram in place of every time that ever was."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from newsdesk.shadow.report import ENOUGH, share

__all__ = ["ENOUGH", "TENTHS", "Share", "percentile", "step", "tenth"]

TENTHS = 10
_GROWTH = 1.1
_SHORTEST = 1e-6


@dataclass(frozen=True)
class Share:
    """So many `right` of `of`. The share and its 95 % interval after Wilson are None under 50."""

    right: int
    of: int
    share: float | None
    low: float | None
    high: float | None

    @classmethod
    def of_counts(cls, right: int, of: int) -> "Share":
        """This share, if there is enough to say one."""
        return cls(right, of, **share(right, of))


def tenth(confidence: float | None) -> int:
    """In which tenth a confidence lies: 0 to 9, of which the last has 1 in it too; -1 for none."""
    return -1 if confidence is None else min(max(int(confidence * TENTHS), 0), TENTHS - 1)


def step(seconds: float) -> int:
    """The step of a time: each ends a tenth higher than the one before, so a time is known to within 5 %."""
    return math.ceil(math.log(max(seconds, _SHORTEST) / _SHORTEST, _GROWTH))


def percentile(times: Mapping[str, int], percent: int) -> float | None:
    """The time, in milliseconds, that so many of 100 runs took no longer than; by nearest rank. None where none ran."""
    total, seen = sum(times.values()), 0
    for number in sorted(map(int, times)):
        seen += times[str(number)]
        if seen >= math.ceil(percent / 100 * total):
            return _SHORTEST * _GROWTH ** (number - 0.5) * 1000
    return None
