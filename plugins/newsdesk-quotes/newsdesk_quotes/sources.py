"""What of a source's words names who speaks, and what a paragraph opens with before anybody does.

The source is the noun phrase with title and apposition, without relative clause and age.
"""

import re

from newsdesk_quotes import english as language

_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]+(?:, [^\n()–—]{1,40}?)?(?: \([^()\n]{1,30}\))? ?(?:—|–|--| - ) ?(?=\S)")
Place = tuple[int, int]
_RELATIVE = re.compile(r",?\s+(?:(?:who|whose|whom|which)\b|that\s+(?:was|were|is|are|has|have|had)\b)")
_AGE = re.compile(r",\s+(?:aged\s+)?\d{1,3},?$")


def after_dateline(text: str, start: int, end: int) -> int:
    """Where a paragraph begins to speak: after “VELLO, April 14 (Tidewire) - ”."""
    match = _DATELINE.match(text, start, min(end, start + 100))
    return match.end() if match else start


def noun_phrase(text: str, place: Place) -> Place:
    """The source without what is only told about it. “People who have seen it” are nobody without their clause."""
    start, end = place
    relative = _RELATIVE.search(text, start, end)
    if relative and text[start : relative.start()].lower() not in language.VAGUE:
        end = relative.start()
    age = _AGE.search(text[start:end])
    return start, (start + age.start() if age else end)
