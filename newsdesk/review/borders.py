"""What a stretch of text stands between. "We will raise it" is no longer what was said once it reads "Never will we raise it",
nor are "5 boats" once they are "15 boats", though the words of the stretch are still there.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from newsdesk.review.folding import Folded

WHOLE = frozenset({"content", "cue", "block"})
"""Roles whose stretches say something by themselves. Of the others, only that no word goes on beyond them is asked."""

_MARKS = ".,;:!?…\"'()[]-–—“”‘’«»„"
_AROUND_NUMBERS = ".,;:!?…\"'“”‘’«»„"
"""Marks that are no part of a number: of -5, $5 and (5) the others are."""

_BEFORE = re.compile(r"\S*\Z")
_AFTER = re.compile(r"\S*")
NEAR = 80


@dataclass(frozen=True)
class Borders:
    """What stands before a stretch and after it: a word, or what sort of mark or end there is instead."""

    before: str
    after: str

    def match(self, other: "Borders", same: Callable[[str, str], bool]) -> bool:
        """Whether the stretch stands between the same; `same` says whether two words are the same."""
        return all(
            one == now or (one.isalnum() and now.isalnum() and same(one, now))
            for one, now in ((self.before, other.before), (self.after, other.after))
        )


def borders(text: Folded, start: int, end: int, role: str) -> Borders:
    """What the stretch from `start` to `end` of the folded text stands between."""
    glued_before = _glued(_BEFORE, text.text[max(0, start - NEAR) : start])
    glued_after = _glued(_AFTER, text.text[end : end + NEAR])
    if role not in WHOLE:
        return Borders(_broken(glued_before[-1:]), _broken(glued_after[:1]))
    before = glued_before or ("" if text.begins(start) else _last(text.text[max(0, start - NEAR) : start]))
    after = glued_after or ("" if text.begins(end) or text.begins(end + 1) else _first(text.text[end : end + NEAR]))
    return Borders(_sort(before), _sort(after))


def words_of(text: str) -> list[str]:
    """The words of a text, without the marks around them."""
    return list(_words(text.split()))


def _words(pieces: Iterable[str]) -> Iterator[str]:
    return filter(None, map(_word, pieces))


def _word(piece: str) -> str:
    if piece.isalpha():
        return piece
    return piece.strip(_AROUND_NUMBERS if any(map(str.isdigit, piece)) else _MARKS)


def _glued(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""


def _broken(character: str) -> str:
    """The letter or digit with which a word goes on, if one does."""
    return character if character.isalnum() else ""


def _last(text: str) -> str:
    return next(_words(reversed(text.split())), "")


def _first(text: str) -> str:
    return next(_words(text.split()), "")


def _sort(beside: str) -> str:
    """A word as it is. Of marks only the sort: those of a quotation, those that end a sentence, as the end of a line does, and
    those at which it pauses and goes on."""
    if any(map(str.isalnum, beside)):
        return beside
    if any(mark in beside for mark in "\"'"):
        return '"'
    return "" if not beside or any(mark in beside for mark in ".!?…") else ","
