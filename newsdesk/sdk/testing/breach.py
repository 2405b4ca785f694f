"""How the kit says what is wrong: the clause, the document, what was found, what was expected, and what to do."""

import traceback
from pathlib import Path
from typing import Any

_KIT = str(Path(__file__).parent)
_SHOWN = 160


class ContractBroken(AssertionError):
    """A processor or exporter does not keep a clause of the contract. The message says which, on what, and what to do."""

    found = ""
    """What was found, alone."""


ContractBroken.__module__ = "newsdesk.sdk.testing"  # where an author finds it


def broken(subject: Any, clause: str, *, document: str = "", found: str, expected: str, remedy: str) -> ContractBroken:
    """The error to raise. Each part is a line of its own; `document` is left out where the clause is about none."""
    name = getattr(subject, "name", None) or type(subject).__name__
    parts = {"document": document, "found": found, "expected": expected, "what to do": remedy}
    lines = [f"  {label:<10}  {_indented(words)}" for label, words in parts.items() if words]
    error = ContractBroken("\n".join([f"{name} does not keep the contract: {clause}", *lines]))
    error.found = found.strip()
    return error


def shown(value: Any, limit: int = _SHOWN) -> str:
    """A value for a message, cut where it is long; some have no repr."""
    try:
        text = repr(value)
    except Exception:
        text = f"(a {type(value).__name__} without repr)"
    return text if len(text) <= limit else f"{text[: limit - 3]}..."


def told(error: BaseException) -> str:
    """An exception with the last lines of the author's own code that it came through."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if not each.filename.startswith(_KIT)]
    places = [f"at {each.filename}:{each.lineno} in {each.name}: {each.line}" for each in frames[-3:]]
    return "\n".join([f"{type(error).__name__}: {_words(error)}", *places])


def _words(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:
        return "(an error without words)"
    return text if len(text) <= 2_000 else f"{text[:2_000]}..."


def _indented(words: str) -> str:
    return words.replace("\n", "\n" + " " * 14)
