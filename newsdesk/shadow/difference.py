"""What differs between two lists of findings: the same, added, gone, or changed in place, each finding counted once."""

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from newsdesk.host.registry import kinds
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span
from newsdesk.shadow.places import Places

MAX_PAIRS = 100_000
"""More pairs than this are not looked at: a plugin that marks everything everywhere shall not hold a worker."""

MAX_STRETCHES = 50


class Pair(NamedTuple):
    """A finding as it stands and as the candidate has it, each in the text of its own side."""

    before: Found
    after: Found


@dataclass
class Difference:
    """Every finding of both sides, once."""

    unchanged: list[Pair] = field(default_factory=list)
    changed: list[Pair] = field(default_factory=list)
    gone: list[Found] = field(default_factory=list)
    added: list[Found] = field(default_factory=list)


class _Old(NamedTuple):
    """A finding without an equal on the other side, and where it would stand there, if anywhere."""

    found: Found
    moved: Found | None


def difference(before: Iterable[Found], after: Iterable[Found], places: Places) -> Difference:
    """Match equals first, then the same kind by the words that both cover, most in common first, then by name."""
    made = Difference()
    waiting: dict[str, deque[Found]] = defaultdict(deque)
    for found in after:
        waiting[found.digest].append(found)
    old: list[_Old] = []
    for found in before:
        moved = places.moved(found)
        twins = waiting.get(moved.digest) if moved else None
        if twins:
            made.unchanged.append(Pair(found, twins.popleft()))
        else:
            old.append(_Old(found, moved))
    new = [found for twins in waiting.values() for found in twins]
    for match in (_by_place, _by_name):
        pairs = match(old, new)
        made.changed += [Pair(old[one].found, new[other]) for one, other in pairs]
        left, kept = {one for one, _ in pairs}, {other for _, other in pairs}
        old = [each for number, each in enumerate(old) if number not in left]
        new = [each for number, each in enumerate(new) if number not in kept]
    made.gone, made.added = [each.found for each in old], new
    return made


def main_spans(found: Found) -> tuple[Span, ...]:
    """Where the finding itself stands: of a quote its words, not its speaker, which many quotes may share."""
    roles = iter(kinds()[found.kind].roles if found.kind in kinds() else ())
    return found.spans_of(next(roles, "")) or found.spans


def _by_place(old: list[_Old], new: list[Found]) -> list[tuple[int, int]]:
    """Pairs that stand on some of the same characters, one to one, by the share that they have in common."""
    pairs: list[tuple[float, int, int]] = []
    for one, other in islice(_meeting(old, new), MAX_PAIRS):
        moved = old[one].moved
        if moved is not None and moved.kind == new[other].kind and (share := _share(moved, new[other])):
            heapq.heappush(pairs, (-share, one, other))
    return _one_to_one((one, other) for _, one, other in (heapq.heappop(pairs) for _ in range(len(pairs))))


def _meeting(old: list[_Old], new: list[Found]) -> Iterator[tuple[int, int]]:
    """Pairs whose extents meet, by one sweep over the text, not each with each."""
    olds = [(*_extent(each.moved), 0, number) for number, each in enumerate(old) if each.moved and each.moved.spans]
    news = [(*_extent(each), 1, number) for number, each in enumerate(new) if each.spans]
    active: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, number in sorted(olds + news):
        for heap in active:
            while heap and heap[0][0] <= start:
                heapq.heappop(heap)
        for _, other in sorted(active[1 - side]):
            yield (other, number) if side else (number, other)
        heapq.heappush(active[side], (end, number))


def _extent(found: Found) -> tuple[int, int]:
    spans = main_spans(found)
    return min(span.start for span in spans), max(span.end for span in spans)


def _share(one: Found, other: Found) -> float:
    """The part of the characters of both that both cover."""
    ours, theirs = main_spans(one)[:MAX_STRETCHES], main_spans(other)[:MAX_STRETCHES]
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in ours for b in theirs)
    total = sum(span.end - span.start for span in (*ours, *theirs)) - common
    return common / total if total > 0 else 0.0


def _by_name(old: list[_Old], new: list[Found]) -> list[tuple[int, int]]:
    """Pairs of the same kind and name, in the order of reading: for what has no place, or has another one."""
    waiting: dict[tuple[str, str], deque[int]] = defaultdict(deque)
    for number, found in enumerate(new):
        waiting[_name(found)].append(number)
    pairs = ((number, waiting.get(_name(each.found))) for number, each in enumerate(old))
    return [(number, twins.popleft()) for number, twins in pairs if twins]


def _name(found: Found) -> tuple[str, str]:
    """What a finding goes by: its name, or else all that it says; a document has one text."""
    if found.kind == "text":
        return "text", ""
    said = found.data.get("name") or found.data.get("article") or found.data.get("quotation")
    return found.kind, str(said or found.digest)


def _one_to_one(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs in this order, without those of which one is taken already."""
    left: set[int] = set()
    right: set[int] = set()
    chosen = []
    for one, other in pairs:
        if one not in left and other not in right:
            chosen.append((one, other))
            left.add(one)
            right.add(other)
    return chosen
