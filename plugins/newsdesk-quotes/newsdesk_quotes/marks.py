"""The grammar of quotation marks: which stretches of a paragraph stand between marks, whatever the style.

Newspapers mix styles within one page, so every opening mark looks for its own closing mark. What is inside a quotation,
nested quotations included, belongs to the outermost one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

OPENERS = "“„‟«‹\"‘‚'»"
_MARK = re.compile("(?<=\\S)'(?=''(?!'))|``|''|[\"“”„‟«»‹›‘’‚'‛]")
_CLOSERS = {
    "“": ("”",), "„": ("“", "”", '"'), "‟": ("”",), "«": ("»",), "»": ("«",), "‹": ("›",), '"': ('"', "''"), "''": ("''", '"'),
    "``": ("''", "``", '"'), "”": ("”",), "‘": ("’", "'"), "'": ("'", "’"), "‚": ("‘", "’"), "‛": ("’",),
}  # fmt: skip
_SINGLE = frozenset("‘'‚‛")
_ELISION = re.compile(r"(?:\d0s|\d\d\b|em\b|til\b|tis\b|twas\b|cause\b|n\b|round\b|bout\b)", re.IGNORECASE)


class Quoted(NamedTuple):
    """A stretch between marks: `start` and `end` without them, `outer_start` and `outer_end` with them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool
    single: bool


class _Mark(NamedTuple):
    sign: str
    start: int
    end: int
    opens: bool
    closes: bool


def quoted(text: str, start: int = 0, end: int | None = None) -> list[Quoted]:
    """The outermost quoted stretches of one paragraph, in order. An opening mark without its partner reaches to the end."""
    end = len(text) if end is None else end
    marks = list(_marks(text, start, end))
    pairing = _Pairing(text, marks)
    found, index = [], 0
    while index < len(marks):
        mark = marks[index]
        partner = pairing.partner(index) if mark.opens else None
        if partner is not None:
            closing = marks[partner]
            found.append(Quoted(mark.end, closing.start, mark.start, closing.end, True, mark.sign in _SINGLE))
            index = partner + 1
        elif mark.opens and mark.sign not in _SINGLE and mark.sign != "»":
            found.append(Quoted(mark.end, end, mark.start, end, False, False))
            break
        else:
            index += 1
    return [each for each in found if text[each.start : each.end].strip()]


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, start, end):
        sign, before, after = match.group(), match.start() - 1, match.end()
        previous = text[before] if before >= start else " "
        following = text[after] if after < end else " "
        opens, closes = _direction(sign, previous, following)
        if sign == '"' and previous == " " and before > start and text[before - 1] in "'’" and following.isspace():
            opens, closes = False, True  # the outer of two closing marks that are set apart: “...' "”
        if opens and sign in _SINGLE and _ELISION.match(text, after, end):
            opens = False
        yield _Mark(sign, match.start(), match.end(), opens, closes)


def _direction(sign: str, previous: str, following: str) -> tuple[bool, bool]:
    """Whether a mark may open and may close, by its shape and by what stands on its two sides."""
    free_before = not previous.isalnum() and previous not in ".,!?;%…"
    word_after = not following.isspace()
    if sign in ("“", "„", "‟", "``", "‹"):
        return word_after or sign == "„", sign == "“" and not previous.isspace() and not following.isalnum()
    if sign in "«»":
        return True, True
    if sign in _SINGLE or sign == "’":
        return ((sign != "’" and free_before and following.isalnum()) or (sign == "‘" and free_before and word_after),
                sign != "‚" and not previous.isspace() and not following.isalnum())  # fmt: skip
    if sign in ('"', "''"):
        return free_before and word_after, not previous.isspace()
    return sign == "”" and free_before and following.isalnum(), True


class _Pairing:
    """Finds closing marks. Positions are listed once a paragraph, so that hostile runs of marks stay linear."""

    def __init__(self, text: str, marks: list[_Mark]):
        self._text, self._marks = text, marks
        self._closing: dict[str, list[int]] = {}
        for index, mark in enumerate(marks):
            if mark.closes:
                self._closing.setdefault(mark.sign, []).append(index)
        signs = [mark.sign for mark in marks]
        self._double = [index for index, sign in enumerate(signs) if sign in ('"', "“", "”")]
        self._balanced = signs.count("“") == signs.count("”")
        guillemets = [sign for sign in signs if sign in "«»"]
        self._reversed = bool(guillemets) and guillemets[0] == "»" and "«" in guillemets

    def partner(self, index: int) -> int | None:
        sign = self._marks[index].sign
        if (sign == "»") != self._reversed and sign in "«»":
            return None
        if sign in _SINGLE:
            return self._single(index)
        if sign == "“":
            return self._curly(index)
        if sign == '"':
            return self._straight(index)
        return self._next(index, _CLOSERS[sign])

    def _crossed(self, index: int) -> int | None:
        """The straight mark that ends “..., too" said Doe: the next double mark, of a shape that can only close."""
        place = bisect_left(self._double, index + 1)
        if place == len(self._double):
            return None
        following = self._marks[self._double[place]]
        return self._double[place] if following.sign == '"' and following.closes and not following.opens else None

    def _curly(self, index: int) -> int | None:
        crossed = self._crossed(index)
        if crossed is not None:
            return crossed
        return self._nested(index) if self._balanced else self._next(index, _CLOSERS["“"])

    def _straight(self, index: int) -> int | None:
        """The next straight mark that ends a word, or a curly one if nothing has opened between."""
        partner = self._upright(index)
        place = bisect_left(self._double, index + 1)
        following = self._double[place] if place < len(self._double) else None
        curly = following is not None and self._marks[following].sign == "”"
        return following if curly and (partner is None or following < partner) else partner

    def _next(self, index: int, signs: tuple[str, ...]) -> int | None:
        found = [position for sign in signs if (position := self._after(index, sign)) is not None]
        return min(found, default=None)

    def _after(self, index: int, sign: str) -> int | None:
        positions = self._closing.get(sign, [])
        place = bisect_left(positions, index + 1)
        return positions[place] if place < len(positions) else None

    def _nested(self, index: int) -> int | None:
        depth = 0
        for place in range(index, len(self._marks)):
            depth += {"“": 1, "”": -1}.get(self._marks[place].sign, 0)
            if depth == 0:
                return place
        return None

    def _upright(self, index: int) -> int | None:
        """The next straight mark that ends a word; inches (6" tall) are passed over if another mark can close."""
        partner = self._next(index, _CLOSERS['"'])
        if partner is None or not self._inches(self._marks[partner]):
            return partner
        later = self._after(partner, '"')
        return later if later is not None and not self._marks[later].opens else partner

    def _inches(self, mark: _Mark) -> bool:
        return self._text[mark.start - 1].isdigit() and self._text[mark.end : mark.end + 2].strip()[:1].isalpha()

    def _single(self, index: int) -> int | None:
        """The first closing mark that cannot be the apostrophe of a plural possessive (the workers’ vote)."""
        positions = sorted(
            position
            for sign in _CLOSERS[self._marks[index].sign]
            for position in self._following(index, self._closing.get(sign, []))
        )
        firm = [position for position in positions if self._text[self._marks[position].start - 1] not in "sS"]
        blocker = next(
            (place for place in range(index + 1, min(index + 9, len(self._marks))) if self._marks[place].sign == "‘"), None
        )
        if blocker is not None and positions and (not firm or firm[0] > blocker) and positions[0] < blocker:
            return positions[0]
        return firm[0] if firm else (positions[0] if positions else None)

    def _following(self, index: int, positions: list[int]) -> list[int]:
        place = bisect_left(positions, index + 1)
        return positions[place : place + 8]
