"""Whether a source's latest documents are still what its documents used to be. Pure arithmetic over a few hundred values.

A band is asked to be robust before it is sharp: an alarm that cries at every holiday issue is soon not read. So windows of
documents are held against each other, by medians, and a band is as wide as such windows differ in the usual course of things.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

RECENT = 20
"""So many of the latest documents say what is now."""

USUAL = 200
"""So many documents before them, at most, say what is usual."""

ENOUGH = 120
"""Of fewer documents before them nothing is called usual."""

_STEP = 5
_WIDTH = 4 * 1.4826
"""Half a band, in median absolute deviations. 1.4826 of them are one standard deviation where values are normal."""

_RATIOS = {"words": 20.0, "paragraphs": 1.0, "quote_rate": 1.0}
"""Measures of which half is as far from usual as double: their logarithms are held against each other, each with so much
added, so that the difference between none and next to none is none."""

_AT_LEAST = {"words": 0.45, "paragraphs": 0.45, "quote_rate": 0.45, "failure_rate": 0.15}
"""Half a band is no less: a factor of 1.57, or 15 of 100 documents. What stays within it is nobody's trouble."""

MEASURES = tuple(_AT_LEAST)


@dataclass(frozen=True)
class Measured:
    """A document as the alarm sees it. Without a text, `words`, `paragraphs` and `quotes` are None."""

    words: int | None
    paragraphs: int | None
    quotes: int | None
    failed: bool


@dataclass(frozen=True)
class Departure:
    """A measure that left its band: what was usual, the band, and what is now."""

    measure: str
    usual: float
    low: float
    high: float
    now: float


def departures(usual: Sequence[Measured], recent: Sequence[Measured]) -> list[Departure]:
    """The measures in which the recent documents left the band of the usual ones. None where there are not enough."""
    if len(usual) < ENOUGH or len(recent) < RECENT:
        return []
    return [each for measure in MEASURES if (each := _departure(measure, usual, recent)) is not None]


def value(measure: str, documents: Sequence[Measured]) -> float | None:
    """What a window of documents comes to: a median of words or paragraphs, quotes per 1,000 words of all together, the share
    that failed. For quotes the tenth with the highest rates is left out and that with the lowest: no interview is a drift.

    None where fewer than half of them have what is measured.
    """
    if measure == "failure_rate":
        return sum(each.failed for each in documents) / len(documents)
    read = [each for each in documents if each.words]
    if 2 * len(read) < len(documents):
        return None
    if measure == "quote_rate":
        return _quote_rate(read)
    return float(median(getattr(each, measure) or 0 for each in read))


def _quote_rate(read: Sequence[Measured]) -> float:
    rates = sorted((1000 * (each.quotes or 0) / (each.words or 1), each.words or 1) for each in read)
    kept = rates[len(rates) // 10 : len(rates) - len(rates) // 10]
    return sum(rate * words for rate, words in kept) / sum(words for _, words in kept)


def band(measure: str, usual: Sequence[Measured]) -> tuple[float, float, float] | None:
    """What is usual, and the lowest and highest value that a window of documents may come to; None if nothing can be said."""
    windows = (usual[start : start + RECENT] for start in range(0, len(usual) - RECENT + 1, _STEP))
    values = [_scaled(measure, each) for window in windows if (each := value(measure, window)) is not None]
    if not values:
        return None
    middle = median(values)
    half = max(_WIDTH * median(abs(each - middle) for each in values), _AT_LEAST[measure])
    usually, low, high = (_unscaled(measure, each) for each in (middle, middle - half, middle + half))
    return usually, max(0.0, low), min(1.0, high) if measure == "failure_rate" else high


def _scaled(measure: str, plain: float) -> float:
    return math.log(plain + _RATIOS[measure]) if measure in _RATIOS else plain


def _unscaled(measure: str, scaled: float) -> float:
    return math.exp(scaled) - _RATIOS[measure] if measure in _RATIOS else scaled


def _departure(measure: str, usual: Sequence[Measured], recent: Sequence[Measured]) -> Departure | None:
    now, usually = value(measure, recent), band(measure, usual)
    if now is None or usually is None or usually[1] <= now <= usually[2]:
        return None
    middle, low, high = usually
    edge = high if now > high else low
    half_way = (_scaled(measure, middle) + _scaled(measure, edge)) / 2
    halves = [value(measure, recent[: RECENT // 2]), value(measure, recent[RECENT // 2 :])]
    beyond = [each is not None and (_scaled(measure, each) > half_way) == (now > high) for each in halves]
    return Departure(measure, *usually, now) if all(beyond) else None
