"""All visible text of a page as lines, in page order: what stands in one block element, from one break to the next.

Nothing is judged here and nothing left out but what a browser does not show either (scripts, styles, hidden elements).
"""

import itertools
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from newsdesk.sdk import canonical
from newsdesk_html.zones import is_hidden, zones

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "img", "picture", "source", "tbody", "thead", "tfoot", "td", "th", "math", "mi", "mo",
    "mn",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_TIGHT = frozenset({"li", "tr", "br", "dt", "dd", "option"})
_ENDS = " \xa0\ufeff\u200b"
_BLANKS = re.compile("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")


class Place(NamedTuple):
    """Where a piece of text stands: its block's tag, the zones around it, whether it is a link or emphasised.

    `parent` numbers the element around the block; `kind` is the block's tag and classes.
    """

    tag: str = "body"
    parent: int = 0
    kind: str = ""
    zones: frozenset[str] = frozenset()
    link: bool = False
    strong: bool = False
    item: bool = False


class Piece(NamedTuple):
    """One text node, and how to find it again."""

    element: HtmlElement
    is_tail: bool
    text: str
    place: Place


@dataclass(slots=True)
class Line:
    """A line of the page. `linked` and `strong` are shares of its characters; `tight`: no blank line belongs before it."""

    text: str
    place: Place
    linked: float
    strong: float
    tight: bool
    pieces: list[Piece] = field(repr=False)
    zones: frozenset[str] = frozenset()


def read_lines(root: HtmlElement) -> list[Line]:
    """The lines of a page."""
    reader = _Reader()
    reader.read(root)
    return reader.lines


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.lines: list[Line] = []
        self.tight = False

    def read(self, root: HtmlElement) -> None:
        places = [Place()]
        numbers, count = [0], itertools.count(1)
        _alive = list(root.iter())  # as long as they are referred to, lxml need not make them again
        walk = iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if is_hidden(element):
                    walk.skip_subtree()
                    places.append(places[-1])
                    numbers.append(0)
                    continue
                inline = tag in _INLINE
                if not inline:
                    self.flush()
                    self.tight = tag in _TIGHT
                elif tag in _CELLS:
                    self.add(element, False, " ", places[-1])
                places.append(_inside(element, places[-1], inline, numbers[-1]))
                numbers.append(next(count))
                if element.text:
                    self.add(element, False, element.text, places[-1])
            else:
                places.pop()
                numbers.pop()
                if tag not in _INLINE and tag not in _WITHOUT_BREAK:
                    self.flush()
                if element.tail:
                    self.add(element, True, element.tail, places[-1])
        self.flush()

    def add(self, element: HtmlElement, is_tail: bool, text: str, place: Place) -> None:
        self.pieces.append(Piece(element, is_tail, text, place))

    def flush(self) -> None:
        """End the line that was being read, if there is one."""
        if self.pieces:
            line = _line(self.pieces, self.tight)
            self.pieces = []
            if line:
                self.lines.append(line)
                self.tight = False


_WITHOUT_BREAK = frozenset({"script", "style", "noscript", "template", "svg", "input", "iframe", "meta", "link"})


def _inside(element: HtmlElement, outer: Place, inline: bool, number: int) -> Place:
    tag = element.tag
    opened = zones(element)
    link = outer.link or tag == "a"
    strong = outer.strong or tag in ("b", "strong")
    if inline and opened <= outer.zones and link == outer.link and strong == outer.strong:
        return outer
    around = outer.zones if opened <= outer.zones else outer.zones | opened
    item = outer.item or tag == "li"
    if inline:
        return Place(outer.tag, outer.parent, outer.kind, around, link, strong, item)
    kind = f"{tag} {element.get('class', '')}"
    return Place(tag, number, kind, around, link, strong, item)


def _line(pieces: list[Piece], tight: bool) -> Line | None:
    text = _BLANKS.sub(" ", "".join([piece.text for piece in pieces])).strip(_ENDS)
    if not text:
        return None
    if not (text.isascii() and text.isprintable()):
        text = canonical(text).text.strip(_ENDS)
        if not text:
            return None
    if len(pieces) == 1:
        place = pieces[0].place
        return Line(text, place, float(place.link), float(place.strong), tight, pieces, place.zones)
    sizes = [len(piece.text.strip()) for piece in pieces]
    total = sum(sizes) or 1
    longest = pieces[max(range(len(pieces)), key=sizes.__getitem__)]
    linked = sum(size for piece, size in zip(pieces, sizes, strict=True) if piece.place.link) / total
    strong = sum(size for piece, size in zip(pieces, sizes, strict=True) if piece.place.strong) / total
    return Line(text, longest.place, linked, strong, tight, pieces, longest.place.zones)
