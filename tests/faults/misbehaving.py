"""A plugin that does what a document says: `@@segv` and the like. Installed beside the others in every installation here.

A copy of this file is installed, in which another VERSION may stand.
"""

import ctypes
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsdesk.sdk import Artifact, Document, Span, hookimpl

VERSION = "1"
_held: list[bytes] = []


def hang_and_swallow() -> None:
    """A loop that no exception ends."""
    while True:
        try:
            time.sleep(60)
        except BaseException:
            continue


def hog() -> None:
    """More memory at once than anybody may have."""
    _held.append(bytes(3 * 1024**3))


def leak() -> None:
    """Fifty megabytes that are never given back."""
    _held.append(b"x" * 50_000_000)


def refuse() -> None:
    """An exception like any other."""
    raise ValueError("will not read this")


def kill_worker() -> None:
    """End the process that has plugins called, which is this one's grandparent, as a machine without memory may."""
    parent = Path(f"/proc/{os.getppid()}/stat").read_text()
    os.kill(int(parent.rpartition(")")[2].split()[1]), signal.SIGKILL)
    time.sleep(1)


DOES: dict[str, Callable[[], object]] = {
    "abort": os.abort,
    "segv": lambda: ctypes.string_at(0),
    "hang": hang_and_swallow,
    "sleep-in-c": lambda: ctypes.PyDLL(None).sleep(600),
    "hog": hog,
    "leak": leak,
    "kill-worker": kill_worker,
    "raise": refuse,
    "leave": lambda: sys.exit(3),
    "vanish": lambda: os._exit(0),
    "slow": lambda: time.sleep(1),
    "slower": lambda: time.sleep(6),
    "slowest": lambda: time.sleep(10),
}


def artifact(start: object, end: object, name: object = "Here") -> Artifact:
    """An artifact that may break the contract."""
    return Artifact("place", {"name": name}, (Span(start, end),))  # type: ignore[arg-type]


def cycle() -> Artifact:
    """Data that hold themselves."""
    data: dict[str, object] = {"name": "Here"}
    data["name"] = data
    return Artifact("place", data, (Span(0, 4),))


def gives_up() -> Iterator[object]:
    """Five hundred findings, then an exception."""
    yield from (artifact(0, 4, f"Here {number}") for number in range(500))
    raise ValueError("gave up at the 501st")


def many() -> Iterator[object]:
    """A finding more than a million."""
    return (artifact(0, 4, f"{number}") for number in range(1_000_001))


RUBBISH: dict[str, Callable[[Document], object]] = {
    "negative": lambda document: [artifact(-1, 4)],
    "beyond": lambda document: [artifact(0, len(document.text) + 1)],
    "reversed": lambda document: [artifact(4, 1)],
    "float": lambda document: [artifact(0.0, 4.0)],
    "nan": lambda document: [artifact(0, 4, float("nan"))],
    "string": lambda document: ["Here"],
    "nul": lambda document: [artifact(0, 4, "He\x00re")],
    "surrogate": lambda document: [artifact(0, 4, "\ud83d")],
    "cyclic": lambda document: [cycle()],
    "misquoted": lambda document: [
        Artifact("quote", {"type": "direct", "quotation": "never said", "speaker": None}, (Span(0, 4, "content"),))
    ],
    "undeclared": lambda document: [Artifact("person", {"name": "Ada"}, (Span(0, 4),))],
    "huge": lambda document: [artifact(0, 4, "x" * 20_000_000)],
    "many": lambda document: many(),
    "halfway": lambda document: gives_up(),
}


@dataclass(frozen=True)
class Misbehaving:
    """Finds each word "Here", with the version that found it, after it has done what the document says."""

    name = "misbehaving"
    version = VERSION
    requires = ("text",)
    provides = ("place", "quote")

    def process(self, document: Document) -> Iterator[Artifact]:
        """Do what the document says, then find."""
        for word in re.findall(r"@@([a-z-]+)", document.text):
            if word in RUBBISH:
                yield from RUBBISH[word](document)  # type: ignore[misc]
            else:
                DOES[word]()
        for found in re.finditer(r"\bHere\b", document.text):
            yield Artifact("place", {"name": f"found by {VERSION}"}, (Span(*found.span()),))


@hookimpl
def register_processors() -> list[Misbehaving]:
    """The processor."""
    return [Misbehaving()]
