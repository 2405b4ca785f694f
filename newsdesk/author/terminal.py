"""What may be written to a terminal: colours where they are wanted, and never a character that commands it.

Documents, and what plugins say of them, come from strangers; an escape sequence in one could rewrite what stands above,
and a direction mark could show words in another order than they have. NO_COLOR: no-color.org.
"""

import os
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TextIO

COLOURS = (36, 35, 32, 34, 33, 31)
"""SGR codes that differ on dark and on light ground alike; after the last the first comes again."""

BOLD, DIM, UNDERLINE, RED = 1, 2, 4, 31

_JOINERS = "\u00ad\u200c\u200d"
"""Format characters that words and emoji are written with; the others are shown as what they are."""


def safe(text: str) -> str:
    """The text in one line, with all that a terminal would obey, or not show, written out: `\\x1b`, `\\u202e`."""
    return "".join(map(shown, text))


def shown(char: str) -> str:
    """What to write for one character."""
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in _JOINERS:
        return char.encode("unicode_escape").decode()
    return char


def cells(char: str) -> int:
    """How many columns a character takes."""
    if unicodedata.category(char) in ("Mn", "Me") or char in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else len(shown(char))


def cut(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


class Terminal:
    """Where the answer goes, and what it can show."""

    def __init__(self, stream: TextIO, colour: str = "auto", environment: Mapping[str, str] = os.environ) -> None:
        """`colour` is "always", "never" or "auto": where somebody looks at it and did not say NO_COLOR."""
        self._stream = stream
        wanted = not environment.get("NO_COLOR") and environment.get("TERM") != "dumb" and stream.isatty()
        self.colour = wanted if colour == "auto" else colour == "always"
        self.width = min(max(_width(environment), 40), 120)

    def say(self, line: str = "") -> None:
        """Write a line that is safe already."""
        print(line, file=self._stream, flush=True)

    def styled(self, line: str, *codes: int) -> str:
        """The line in a style, where there are styles."""
        return f"\x1b[{';'.join(map(str, codes))}m{line}\x1b[0m" if self.colour and codes and line else line

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write columns, each as wide as it must be, made safe."""
        lines = [[cut(safe(cell), 100) for cell in row] for row in (head, *rows)]
        widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
        for number, line in enumerate(lines):
            text = "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            self.say(self.styled(text, BOLD) if number == 0 else text)


def _width(environment: Mapping[str, str]) -> int:
    given = environment.get("COLUMNS", "")
    if given.isdecimal():
        return int(given)
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 100
