"""Where a place in one text stands in another text of the same document.

A new extractor drops a line, and every quote after it stands elsewhere, though nothing about the quotes has changed.
So texts are aligned line by line, and places move along with the lines that both have.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span


class _Stretch(NamedTuple):
    """Characters that both texts have: from `start` to `end` in the one, `offset` later in the other."""

    start: int
    end: int
    offset: int


class Places:
    """Moves findings from the text `before` into the text `after`."""

    def __init__(self, before: str, after: str) -> None:
        self._same = before == after
        self._stretches = [] if self._same else list(_joined(_stretches(before, after)))
        self._starts = [each.start for each in self._stretches]

    def moved(self, found: Found) -> Found | None:
        """The finding where it stands in the other text; None where some of its words are not there."""
        if self._same:
            return found
        spans = tuple(self._moved(span) for span in found.spans)
        return None if None in spans else replace(found, spans=spans)

    def _moved(self, span: Span) -> Span | None:
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or span.end > self._stretches[at].end:
            return None
        offset = self._stretches[at].offset
        return Span(span.start + offset, span.end + offset, span.role)


def _stretches(before: str, after: str) -> Iterator[_Stretch]:
    """What both texts have, in the order of reading: lines, and of lines that differ their beginnings and ends."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    old_at, new_at = _starts(old), _starts(new)
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        start, end = old_at[old_from], old_at[old_to]
        other, other_end = new_at[new_from], new_at[new_to]
        if tag == "equal":
            yield _Stretch(start, end, other - start)
        elif tag == "replace":
            was, is_ = before[start:end], after[other:other_end]
            head = alike(was, is_)
            tail = alike(was[head:][::-1], is_[head:][::-1])
            yield _Stretch(start, start + head, other - start)
            yield _Stretch(end - tail, end, other_end - end)


def alike(one: str, other: str) -> int:
    """With how many characters both begin."""
    return next((number for number, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _starts(lines: list[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _joined(stretches: Iterator[_Stretch]) -> Iterator[_Stretch]:
    """Neighbours that moved by the same are one, or a place that crosses a line would be lost between them."""
    last = next(stretches, None)
    for each in stretches:
        if last is not None and (last.end, last.offset) == (each.start, each.offset):
            last = _Stretch(last.start, each.end, last.offset)
        elif each.start < each.end:
            if last is not None:
                yield last
            last = each
    if last is not None:
        yield last
