"""Which lines trafilatura counts as the article.

Each line is marked in the tree by two Braille signs before its longest text node; what comes out of the extraction with
its marks is the article. So the two views of a page are matched exactly, and no words are compared. The signs are
printable, are no letters, and do not occur in news.
"""

import re
from collections.abc import Sequence
from contextlib import suppress

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from newsdesk_html.lines import Line

_FIRST = 0x2801
_RADIX = 255
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MARK = re.compile("[\u2801-\u28ff]{2}")
MAX_LINES = _RADIX * _RADIX
MAX_CHARS = 3_000_000
MAX_DEPTH = 250
"""Beyond these sizes trafilatura takes too long, or gives nothing at all."""


def article_lines(root: HtmlElement, lines: Sequence[Line]) -> frozenset[int] | None:
    """The numbers of the lines that trafilatura's extraction holds, or None where it finds no article.

    Changes the tree: read everything else from it first.
    """
    for number, line in enumerate(lines):
        _mark(line, chr(_FIRST + number // _RADIX) + chr(_FIRST + number % _RADIX))
    found = None
    # trafilatura promises no errors and keeps that nearly always; a page must not fail for its sake
    with suppress(Exception):
        found = bare_extraction(root, include_comments=False, include_tables=True, with_metadata=False)
    if found is None or found.body is None:
        return None
    text = " ".join(found.body.itertext())
    return frozenset(_number(mark) for mark in _MARK.findall(text))


def _mark(line: Line, mark: str) -> None:
    piece = max(line.pieces, key=lambda piece: len(piece.text.strip()))
    if piece.is_tail:
        piece.element.tail = _marked(piece.text, mark)
    else:
        piece.element.text = _marked(piece.text, mark)


def _marked(text: str, mark: str) -> str:
    text = _NOT_XML.sub("", text)  # libxml2 reads such characters from references, and lxml refuses to write them
    stripped = text.lstrip()
    return text[: len(text) - len(stripped)] + mark + stripped


def _number(mark: str) -> int:
    return (ord(mark[0]) - _FIRST) * _RADIX + ord(mark[1]) - _FIRST
