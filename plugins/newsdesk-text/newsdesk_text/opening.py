"""The lines before the article begins: headline, standfirst, byline, date line. Told by order, shape and wording."""

import re
from collections.abc import Container, Sequence

from newsdesk_text.bylines import bare_names_of, begins_with_by, names_of
from newsdesk_text.dates import find_date
from newsdesk_text.features import ends_sentence, is_prose, width
from newsdesk_text.wording import wordings

_WORD = re.compile(r"[^\W\d_]{4,}")
_BULLET = re.compile(r"\s*[-–—•‣◦▪*·]\s")
_QUOTES = ('"', "“", "„", "«", "‘", "'", "»")
_CLOSING = " \"'”’»)]"
SEARCHED = 8
"""The headline is among this many lines; further down it is some other headline."""


def opening(lines: Sequence[str], kept: Sequence[float], skipped: Container[int] = ()) -> dict[int, str]:
    """The role of each line of the opening, by its number.

    `kept` gives each line's probability of being article; lines in `skipped` are known to be something else.
    """
    found = _opening([("" if i in skipped else line) for i, line in enumerate(lines)], kept)
    return {i: role for i, role in found.items() if i not in skipped}


def _opening(lines: Sequence[str], kept: Sequence[float]) -> dict[int, str]:
    top = _first_body(lines, kept)
    headline = next((i for i in range(min(top, SEARCHED)) if is_headline(lines[i])), None)
    roles = {i: role for i in range(top) if (role := _line_role(lines[i]))}
    if headline is None:
        return roles
    roles[headline] = "headline"
    under = _small_print(lines, headline + 1, roles)
    if under < len(lines) and under <= top + 1 and is_standfirst(lines, under, top):
        roles[under] = "standfirst"
        _small_print(lines, under + 1, roles)
    for i in range(under + 1, min(under + 4, len(lines))):
        role = _line_role(lines[i])
        if role and (i <= top + 2):
            roles[i] = role
    return roles


def _small_print(lines: Sequence[str], i: int, roles: dict[int, str]) -> int:
    """Note the roles of the bylines and date lines from line `i` on, names alone among them; the first line after them."""
    while i < len(lines) - 1 and (role := _line_role(lines[i]) or (bare_names_of(lines[i]) and "byline")):
        roles[i] = role
        i += 1
    return i


def _first_body(lines: Sequence[str], kept: Sequence[float]) -> int:
    """The number of the first line of running text."""
    prose = (i for i, line in enumerate(lines) if kept[i] >= 0.5 and is_prose(line) and not begins_with_by(line) and i > 0)
    return next(prose, min(len(lines) - 1, 2))


def is_headline(line: str) -> bool:
    """Whether a line of the opening is shaped as a headline is: a phrase of some words, without a full stop."""
    words = line.split()
    if not 12 <= width(line) <= 220 or (len(words) < 3 and line.isascii()) or _BULLET.match(line):
        return False
    return not line.rstrip(_CLOSING).endswith((".", ":", ",", ";", "。")) and _line_role(line) is None and not wordings(line)


def is_standfirst(lines: Sequence[str], i: int, top: int) -> bool:
    """Whether the line under a headline sums the article up, rather than begins it.

    It is one short sentence. It has no full stop, or a byline or date comes between it and the article, or what it
    says is said again further on.
    """
    line = lines[i]
    if not 30 <= width(line) <= 280 or _BULLET.match(line) or wordings(line) or i + 1 >= len(lines):
        return False
    if not ends_sentence(line):
        return i < top and len(line.split()) >= 5
    if any(_line_role(later) for later in lines[i + 1 : i + 3]) or bare_names_of(lines[i + 1]):
        return True
    if line.startswith(_QUOTES):
        return False
    rest = " ".join(lines[i + 1 : i + 8]).casefold()
    words = set(_WORD.findall(line.casefold()))
    said_again = sum(word in rest for word in words)
    return width(line) < 0.8 * width(lines[i + 1]) and width(line) <= 160 and said_again >= 0.7 * len(words)


def _line_role(line: str) -> str | None:
    if width(line) <= 120 and names_of(line):
        return "byline"
    if width(line) <= 90 and (date := find_date(line)) and date.end - date.start >= 0.2 * len(line) and not ends_sentence(line):
        return "dateline"
    return None
