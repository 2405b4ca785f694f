"""Conversations in which each turn begins with a name: “SMITH: ...”, “Q: ...”, and interviews laid out that way."""

import re
from collections import Counter
from typing import NamedTuple

_LABEL = re.compile(
    r"(?P<mark>[\"“”']?)\s*(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,3}|[QA]|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2})"
    r"(?: \([^()\n]{1,40}\))?:\s+(?=\S)"
)
_LABELS_NEEDED = 2
_FIRST_PERSON = re.compile(r"(?:I|We|My|Our)\b")


class Turn(NamedTuple):
    """Who speaks (a place in the text) and what is said."""

    source: tuple[int, int]
    content: tuple[int, int]


def turns(text: str, places: list[tuple[int, int]]) -> dict[int, Turn]:
    """The turns of a conversation by paragraph number; empty where the document holds none.

    One label may be a headline (“Smith: Taxes must fall”); a conversation repeats its labels.
    """
    found = {}
    for number, (start, end) in enumerate(places):
        match = _LABEL.match(text, start, end)
        if match:
            found[number] = match
    capitals = {number for number, match in found.items() if match["name"].isupper()}
    counts = Counter(match["name"] for number, match in found.items() if number not in capitals)
    spoken = {name for name, count in counts.items() if count >= _LABELS_NEEDED}
    taken = capitals if len(capitals) >= _LABELS_NEEDED else set()
    if len(spoken) >= _LABELS_NEEDED:
        taken = taken | {number for number, match in found.items() if match["name"] in spoken}
    return {number: _turn(text, found[number], places[number][1]) for number in sorted(taken)}


def goes_on(paragraph: str) -> bool:
    """Whether a paragraph without a label is still the last speaker's, and not the interviewer's own prose."""
    return _FIRST_PERSON.match(paragraph) is not None


def _turn(text: str, match: re.Match[str], end: int) -> Turn:
    start = match.end()
    inside = text[start:end].rstrip()
    if inside[:1] in '"“' and inside[-1:] in '"”' and len(inside) > 2:
        start, inside = start + 1, inside[1:-1]
    inside = inside.rstrip('"”')
    return Turn(match.span("name"), (start, start + len(inside)))
