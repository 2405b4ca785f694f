"""The numbers of all scorecards as a table for spreadsheets, in which no cell is taken for a formula."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from newsdesk.scores.queries import Card, Version
from newsdesk.scores.statistics import Share

COLUMNS = (
    "processor", "version", "kind", "source", "decided", "accepted", "corrected", "rejected", "missed",
    "strict", "strict_low", "strict_high", "lenient", "lenient_low", "lenient_high", "runs", "failed", "p50_ms", "p95_ms",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def table(found: Iterable[Version]) -> str:
    """A row for each version and kind, and one for each version of which nothing was decided. What is not known is empty."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for version in found:
        for card in version.cards or (None,):
            writer.writerow([_cell(value) for value in _row(version, card)])
    return written.getvalue()


def _row(version: Version, card: Card | None) -> Iterator[Any]:
    speed = version.speed
    yield from (speed.processor, speed.version, card.kind if card else "", speed.source)
    yield from (getattr(card, name) if card else "" for name in COLUMNS[4:9])
    for share in (card.strict, card.lenient) if card else (Share.of_counts(0, 0),) * 2:
        yield from (share.share, share.low, share.high)
    yield from (speed.runs, speed.failed, _rounded(speed.p50_ms), _rounded(speed.p95_ms))


def _rounded(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(milliseconds, 3)


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would work out is given a sign in front that says it is text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
