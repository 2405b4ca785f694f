"""Where in the text a value stands: words are compared without case, blanks and marks."""

import re
from functools import lru_cache

_LETTERS = re.compile(r"\w+")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text as its letters and digits alone, for comparing."""
    return "".join(_LETTERS.findall(text.casefold()))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(text.casefold()))


def overlap(one: str, other: str) -> float:
    """The share of common words in the text that has fewer, if they are of like length; otherwise in the longer one."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    return len(first & second) / max(len(first), len(second))


def find(words: str, text: str) -> tuple[int, int] | None:
    """Where these words stand in a line, whatever their case; None if they do not, or only inside other words."""
    if match := re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE):
        return match.span()
    return None
