"""What furniture says of itself: the words of share bars, newsletter calls, most-read lists and their like.

The words stand in `wordings.toml`; a rule is about what a line does, so each row holds the words of many languages.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

_START = r"^[\s\-–—•*·▪»›>|#\[\(]{0,6}"
_END = r"[\s:.!…»›>|\])\-–—]{0,4}$"
_WHERE = {"whole": (_START, _END), "start": (_START, ""), "anywhere": ("", "")}
SEEN = 240
"""So much of a line is looked at; further on such words stand by chance."""


class Wording(NamedTuple):
    """A row of the table: why such a line is not the article, and how it is known."""

    reason: str
    rule: str


def _rows() -> list[tuple[Wording, re.Pattern[str]]]:
    table = tomllib.loads(files(__package__).joinpath("wordings.toml").read_text("utf-8"))
    rows = []
    for row in table["row"]:
        before, after = _WHERE[row["where"]]
        pattern = f"{before}(?:{'|'.join(row['words'])}){after}"
        rows.append((Wording(row["reason"], row["rule"]), re.compile(pattern)))
    return rows


_ROWS = _rows()


@lru_cache(maxsize=4096)
def wordings(line: str) -> tuple[Wording, ...]:
    """What this line says of itself, in the order of the table; empty if nothing."""
    said = line[:SEEN].lower()
    return tuple(wording for wording, pattern in _ROWS if pattern.search(said))
