"""What comes of a golden case, held to the file that says it; `pytest --newsdesk-update` writes that file anew."""

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newsdesk.sdk.testing.breach import ContractBroken, broken

UPDATE = "--newsdesk-update"
UPDATED = "newsdesk-updated"
"""The name under which a test's report carries the path of a file that it wrote."""

CLAUSE = "golden case"
_MOST_LINES = 60

Normal = Callable[[str], str]
"""A file's text as it is compared; raises ValueError for what is none."""


def settle(subject: Any, given: Path, out: Path, found: str, normal: Normal, request: Any) -> None:
    """Hold what was found in the document `given` to the file `out`, or write that where pytest was asked to.

    Raises ContractBroken with the difference.
    """
    if not request.config.getoption(UPDATE, default=False):
        _hold(subject, given, out, found, normal)
    elif not _says(out, found, normal):
        out.write_text(found, "utf-8")
        request.node.user_properties.append((UPDATED, str(out)))


def _says(out: Path, found: str, normal: Normal) -> bool:
    try:
        return normal(out.read_text("utf-8")) == found
    except (FileNotFoundError, ValueError):
        return False


def _hold(subject: Any, given: Path, out: Path, found: str, normal: Normal) -> None:
    if not out.exists():
        raise _broken(
            subject,
            given,
            "\n".join(_cut(found.splitlines())),
            f"{out.name}, which is not there",
            f"run pytest {UPDATE}, and read what it wrote",
        )
    try:
        expected = normal(out.read_text("utf-8"))
    except ValueError as error:
        raise _broken(subject, out, f"{error}", "JSON", f"mend it by hand, or run pytest {UPDATE}") from None
    if found != expected:
        lines = difflib.unified_diff(expected.splitlines(), found.splitlines(), out.name, "found now", lineterm="", n=2)
        raise _broken(
            subject,
            given,
            "\n".join(["", *_cut(list(lines))]),
            f"what {out.name} says: its lines begin with -, those found now with +",
            f"mend the {_sort(subject)}; or, where what is found now is right, run pytest {UPDATE}",
        )


def _broken(subject: Any, document: Path, found: str, expected: str, remedy: str) -> ContractBroken:
    return broken(subject, CLAUSE, document=str(document), found=found, expected=expected, remedy=remedy)


def _sort(subject: Any) -> str:
    return "reader" if hasattr(subject, "read") else "processor"


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - _MOST_LINES
    return lines if more <= 0 else [*lines[:_MOST_LINES], f"... and {more} lines more"]
