"""A text cut into blocks: one for each line, or for each paragraph where the lines are hard-wrapped.

Pasted pages give one line a paragraph. Wire copy and e-mail break lines near a fixed column and part paragraphs by
blank lines; there the paragraph is the block, so that a sentence is never cut in two.
"""

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LIST_MARK = re.compile(r"\s*(?:[-–—•‣◦▪*·o] |\(?\d{1,3}[.)] )")
_SENTENCE_END = re.compile(r"[.!?:…。！？][\"'”’»)\]]*$")
WRAP_COLUMNS = range(45, 101)
_MEASURED = 4
"""Fewer wrapped lines than this do not show a column."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text without blanks at its ends, and whether a blank line stands before it."""

    start: int
    end: int
    text: str
    after_blank: bool


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in order; together they hold every character that is not blank."""
    if not is_hard_wrapped(text):
        return [_block(text, match.start(), match.end()) for match in _LINE.finditer(text) if match.group().strip()]
    found = []
    for paragraph in _PARAGRAPH.finditer(text):
        for start, end in _parts(text, paragraph.start(), paragraph.end()):
            if text[start:end].strip():
                found.append(_block(text, start, end))
    return found


def is_hard_wrapped(text: str) -> bool:
    """Whether the lines of the text break at a column rather than where paragraphs end."""
    inner = [lines[:-1] for lines in _paragraph_lines(text) if len(lines) > 1]
    broken = [len(line) for lines in inner for line in lines if not _SENTENCE_END.search(line)]
    if len(broken) < _MEASURED:
        return False
    longest = max(map(len, text.split("\n")))
    near = sum(longest - 18 <= length <= longest for length in broken)
    return longest in WRAP_COLUMNS and near >= 0.7 * len(broken)


def _paragraph_lines(text: str) -> list[list[str]]:
    return [match.group().split("\n") for match in _PARAGRAPH.finditer(text)]


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A wrapped paragraph in one piece, but each list item, and each line too short to have been wrapped, by itself."""
    width = max(map(len, text.split("\n")))
    parts: list[tuple[int, int]] = []
    joined = False
    for line in _LINE.finditer(text, start, end):
        item = _LIST_MARK.match(line.group()) is not None
        if parts and joined and not item:
            parts[-1] = (parts[-1][0], line.end())
        else:
            parts.append((line.start(), line.end()))
        joined = len(line.group()) >= width - 25
    return parts


def _block(text: str, start: int, end: int) -> Block:
    after_blank = start == 0 or text[start - 2 : start] == "\n\n"
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return Block(start, end, text[start:end], after_blank)
