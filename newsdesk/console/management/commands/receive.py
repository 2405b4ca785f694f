"""`manage.py receive PATH...`: take documents in from files and folders."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from newsdesk.access.policy import Actor
from newsdesk.corpus.services import DEFAULT_SOURCE
from newsdesk.host.registry import formats
from newsdesk.sdk.content import MAX_BYTES
from newsdesk.worker.enqueue import submit

SUFFIXES = (".html", ".htm", ".xhtml", ".txt", ".text")
"""Those of what needs no reader."""


class Command(BaseCommand):
    help = "Take documents in: files, or of folders all HTML and text files, and what readers read. Workers process them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--source", default=DEFAULT_SOURCE, help="where they come from (default: %(default)s)")
        parser.add_argument("--url", help="the address of the document, if there is one document")
        parser.add_argument(
            "--media-type", help="text/html, text/plain or one that a reader reads (default: by content and, for readers, name)"
        )

    def handle(self, *, paths: list[Path], source: str, url: str | None, media_type: str | None, **_: Any) -> None:
        files = list(documents(paths))
        if url and len(files) != 1:
            raise CommandError(f"--url is the address of one document, but there are {len(files)}; receive it by itself")
        files = track(files, "Receiving", console=Console(stderr=True), transient=True)
        received = receive_all(files, source=source, url=url, media_type=media_type)
        self.stdout.write(str(received))
        if received.refused:
            raise CommandError("\n".join(received.refused))


@dataclass
class Received:
    """What became of files: how many are new, how many were known, and why the others were refused."""

    new: int = 0
    known: int = 0
    refused: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.new} received, {self.known} known already, {len(self.refused)} refused"


def receive_all(files: Iterable[Path], **document: Any) -> Received:
    """Take files in. What is wrong with one does not stop the others."""
    received = Received()
    for path in files:
        try:
            created = receive(path, **document)
        except (ValidationError, OSError) as error:
            received.refused.append(f"{path}: {'; '.join(getattr(error, 'messages', [str(error)]))}")
        else:
            received.new, received.known = received.new + created, received.known + (not created)
    return received


def documents(paths: list[Path]) -> Iterator[Path]:
    """The files among these paths, and the documents in folders, in order."""
    for path in paths:
        if path.is_dir():
            known = (*SUFFIXES, *(suffix for each in formats() for suffix in each.suffixes))
            yield from sorted(each for each in path.rglob("*") if each.name.lower().endswith(known) and not each.is_dir())
        else:
            yield path


def receive(path: Path, *, source: str, url: str | None = None, media_type: str | None = None) -> bool:
    """Take one file in; whether it is new."""
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    submission = submit(content=content, actor=Actor.operator(), url=url, media_type=media_type, source=source, name=path.name)
    return bool(submission.created)
