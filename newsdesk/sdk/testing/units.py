"""Which unit an offset counts, where it does not count code points of the canonical text.

Offsets in other units are right as long as all is ASCII, so tests in English never show them. Two things prove them:
the words in an artifact's data stand exactly where the span would point in the other unit; or the same document in
ASCII, character for character, has its spans where this one has them once they are converted.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from typing import Any

from newsdesk.sdk.artifact import Artifact, Span

UNITS: Mapping[str, Callable[[str], int]] = {
    "UTF-16 units": lambda char: 1 + (ord(char) > 0xFFFF),
    "bytes of UTF-8": lambda char: len(char.encode("utf-8", "replace")),
    "characters of a text with CRLF line ends": lambda char: 1 + (char == "\n"),
    "characters of a decomposed text (NFD)": lambda char: len(unicodedata.normalize("NFD", char)),
}
"""How many of a unit one code point takes."""

REMEDIES: Mapping[str, str] = {
    "UTF-16 units": "convert what your library gives: len(raw.encode('utf-16-le')[:2 * offset].decode('utf-16-le'))",
    "bytes of UTF-8": "search in document.text, which is str; or convert: len(raw[:offset].decode())",
    "characters of a text with CRLF line ends": "take offsets in document.text, or in newsdesk.sdk.canonical(text).text",
    "characters of a decomposed text (NFD)": "take offsets in document.text, or in newsdesk.sdk.canonical(text).text",
}


def unit_by_words(artifact: Artifact, text: str) -> tuple[str, Span, str] | None:
    """The unit that this artifact's spans count by what its data says, a span, and the words that it should have."""
    given = artifact.spans if isinstance(artifact.spans, tuple) else ()
    spans = [span for span in given if isinstance(span, Span) and 0 <= span.start < span.end]
    words = {each for each in strings(artifact.data) if len(each) > 2}
    if not words or {_letters(span.of(text)) for span in spans} & {_letters(each) for each in words}:
        return None
    for unit in UNITS:
        places = {offset: place for place, offset in enumerate(offsets(text, unit))}
        for span in spans:
            start, end = places.get(span.start), places.get(span.end)
            if start is not None and end is not None and text[start:end] in words:
                return unit, span, text[start:end]
    return None


def unit_by_twin(spans: list[Span], text: str, of_twin: list[Span]) -> str | None:
    """The unit in which a document's spans lie where its twin in ASCII has them, if it is another than code points."""
    if spans == of_twin or any(each.end > len(text) for each in of_twin):
        return None
    for unit in UNITS:
        to = offsets(text, unit)
        if spans == [Span(to[each.start], to[each.end], each.role) for each in of_twin]:
            return unit
    return None


def offsets(text: str, unit: str) -> list[int]:
    """For each offset in code points, that of the same place in another unit."""
    return list(accumulate(map(UNITS[unit], text), initial=0))


def strings(value: Any) -> Iterator[str]:
    """All strings in a plain value but its keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from strings(each)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
