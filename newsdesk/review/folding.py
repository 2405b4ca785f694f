"""Text as it is compared: blanks, marks and invisible characters folded together, every place traced back to code points.

A new extractor wraps lines elsewhere, a new template has typographic quotes; the words are the same. Offsets into the
folded text are only ever used here and in `anchoring`: what leaves is in code points of the text itself.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import pairwise

from newsdesk.sdk import Span

_HIDDEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_UNEVEN = re.compile(
    f"(?: (?=[\\s{_HIDDEN}])|[^\\S ]|[{_HIDDEN}])[\\s{_HIDDEN}]*"  # blanks but for a single one, and what nobody sees
    "|[^\\s\u0300-\u036f][\u0300-\u036f]+"  # letters whose accents stand apart
)
_INVISIBLE = re.compile(f"[{_HIDDEN}]+")
_SAME = str.maketrans("“”„‟«»‘’‚‛‹›‐‑‒–—―−", "\"\"\"\"\"\"''''''-------")
_SENTENCE = re.compile("[.!?…][\"')\\]]*\\s")
_LINE = re.compile("\n")


class Folded:
    """A text, folded, with the way back."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        pieces, at = [], 0
        for uneven in _UNEVEN.finditer(text):
            start, end = uneven.span()
            pieces.append(text[at:start])
            self._keep(at, start)
            folded = _fold(uneven.group())
            pieces.append(folded)
            self._starts += [start] * len(folded)
            self._ends += [end] * len(folded)
            at = end
        pieces.append(text[at:])
        self._keep(at, len(text))
        self.text = "".join(pieces).translate(_SAME)
        self._lines = [line.end() for line in _LINE.finditer(text)]
        self.look_alikes: dict[tuple[str, float], list[int]] = {}

    def _keep(self, start: int, end: int) -> None:
        self._starts += range(start, end)
        self._ends += range(start + 1, end + 1)

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text is in the folded one."""
        return bisect_left(self._starts, start), bisect_right(self._ends, end)

    def outside(self, start: int, end: int, role: str) -> Span:
        """Where a stretch of the folded text is in the text, in code points."""
        return Span(self._starts[start], self._ends[end - 1], role)

    @cached_property
    def _borders(self) -> list[int]:
        """Where sentences begin: after a full stop, or at a line."""
        after = {match.end() for match in _SENTENCE.finditer(self.text)}
        return sorted(after | {bisect_left(self._starts, line) for line in self._lines} | {0, len(self.text)})

    def begins(self, at: int) -> bool:
        """Whether a sentence or a line begins at a place, or the text ends there."""
        place = bisect_left(self._borders, at)
        return place < len(self._borders) and self._borders[place] == at

    def sentence(self, start: int, end: int, reach: int) -> tuple[int, int]:
        """The sentence, or sentences, around a stretch; no more than `reach` to either side."""
        first = self._borders[max(0, bisect_right(self._borders, start) - 1)]
        last = self._borders[min(len(self._borders) - 1, bisect_left(self._borders, end))]
        return max(first, start - reach), min(max(last, end), end + reach)

    @cached_property
    def sentences(self) -> dict[int, str]:
        """All sentences by where they begin, to find those that look alike."""
        return {start: self.text[start:end] for start, end in pairwise(self._borders) if end - start > 1}

    def found(self, words: str, most: int) -> list[int]:
        """Where these words stand, one after the other; of more than `most`, the first, and one more."""
        places: list[int] = []
        at = self.text.find(words)
        while at >= 0 and len(places) <= most:
            places.append(at)
            at = self.text.find(words, at + 1)
        return places


def _fold(piece: str) -> str:
    """What stands for a stretch of blanks, of nothing visible, or for a letter with its accents."""
    if _INVISIBLE.fullmatch(piece):
        return ""
    return unicodedata.normalize("NFC", piece) if unicodedata.combining(piece[-1]) else " "
