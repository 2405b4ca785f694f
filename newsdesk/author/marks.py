"""A text with what was found in it: underlined in colours, or with a line below that says which finding it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from newsdesk.author.terminal import COLOURS, DIM, UNDERLINE, Terminal, cells, safe, shown

CONTEXT = 2
"""Lines that are shown before and after one with a mark."""


@dataclass(frozen=True)
class Mark:
    """A stretch of the text, in code points, with the number of its finding and what it is to it."""

    start: int
    end: int
    number: int
    label: str


@dataclass(frozen=True)
class Palette:
    """A colour for each label, in the order in which they came."""

    labels: tuple[str, ...]

    def colour(self, label: str) -> int:
        """The code of the label's colour."""
        return COLOURS[self.labels.index(label) % len(COLOURS)]


def palette(marks: Sequence[Mark]) -> Palette:
    """Colours for the labels of these marks."""
    return Palette(tuple(dict.fromkeys(mark.label for mark in marks)))


def marked(text: str, marks: Sequence[Mark], terminal: Terminal, whole: bool) -> Iterator[str]:
    """The text's lines for the terminal; those that are far from any mark are counted, unless the `whole` is wanted.

    Where marks lie over each other, the shortest is on top.
    """
    over: list[Mark | None] = [None] * len(text)
    for mark in sorted(marks, key=lambda each: each.start - each.end):
        over[mark.start : mark.end] = [mark] * len(over[mark.start : mark.end])
    lines = list(_lines(text))
    near = {
        number + step
        for number, (start, end) in enumerate(lines)
        if any(over[start:end])
        for step in range(-CONTEXT, CONTEXT + 1)
    }
    colours = palette(marks)
    for is_shown, group in groupby(enumerate(lines), key=lambda each: whole or each[0] in near):
        stretches = [stretch for _, stretch in group]
        if is_shown:
            for start, end in stretches:
                yield from _line(text, over, start, end, colours, terminal)
        elif filled := sum(start < end for start, end in stretches):
            yield terminal.styled(f"⋯ {filled} more {'line' if filled == 1 else 'lines'}", DIM)


def legend(marks: Sequence[Mark], terminal: Terminal) -> str:
    """What the colours mean."""
    colours = palette(marks)
    return "  ".join(terminal.styled(safe(label), UNDERLINE, colours.colour(label)) for label in colours.labels)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _line(text: str, over: Sequence[Mark | None], start: int, end: int, colours: Palette, terminal: Terminal) -> Iterator[str]:
    for first, last in _wrapped(text, start, end, terminal.width):
        above, below = "", ""
        for mark, group in groupby(range(first, last), key=over.__getitem__):
            stretch = text[slice(*_bounds(list(group)))]
            words = "".join(map(shown, stretch))
            above += terminal.styled(words, UNDERLINE, colours.colour(mark.label)) if mark else words
            below += _stroke(mark, sum(map(cells, stretch)))
        yield above
        if not terminal.colour and below.strip():
            yield below.rstrip()


def _bounds(indexes: list[int]) -> tuple[int, int]:
    return indexes[0], indexes[-1] + 1


def _stroke(mark: Mark | None, width: int) -> str:
    """The line below: the finding's number, where there is room for it."""
    if mark is None:
        return " " * width
    number = str(mark.number)
    return number.ljust(width, "~") if len(number) <= width else "~" * width


def _wrapped(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Stretches of a line that fit, broken behind a blank where there is one."""
    while True:
        room, stop = width, start
        while stop < end and (room := room - cells(text[stop])) >= 0:
            stop += 1
        stop = max(stop, min(start + 1, end))
        if stop >= end:
            yield start, end
            return
        blank = text.rfind(" ", start, stop)
        stop = blank + 1 if blank > start else stop
        yield start, stop
        start = stop
