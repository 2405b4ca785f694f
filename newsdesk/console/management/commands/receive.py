"""`manage.py receive PATH...`: take documents in from files and folders."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from newsdesk.access.policy import Actor
from newsdesk.corpus.services import DEFAULT_SOURCE
from newsdesk.sdk.content import MAX_BYTES
from newsdesk.worker.enqueue import submit

SUFFIXES = {".html", ".htm", ".xhtml", ".txt", ".text"}


class Command(BaseCommand):
    help = "Take documents in: files, or all HTML and text files of folders. Workers process them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--source", default=DEFAULT_SOURCE, help="where they come from (default: %(default)s)")
        parser.add_argument("--url", help="the address of the document, if there is one document")
        parser.add_argument("--media-type", help="text/html or text/plain (default: by content)")

    def handle(self, *, paths: list[Path], source: str, url: str | None, media_type: str | None, **_: Any) -> None:
        files = list(documents(paths))
        if url and len(files) != 1:
            raise CommandError(f"--url is the address of one document, but there are {len(files)}; receive it by itself")
        new = known = 0
        refused: list[str] = []
        for path in track(files, "Receiving", console=Console(stderr=True), transient=True):
            try:
                created = receive(path, source=source, url=url, media_type=media_type)
            except (ValidationError, OSError) as error:
                refused.append(f"{path}: {'; '.join(getattr(error, 'messages', [str(error)]))}")
            else:
                new, known = new + created, known + (not created)
        self.stdout.write(f"{new} received, {known} known already, {len(refused)} refused")
        if refused:
            raise CommandError("\n".join(refused))


def documents(paths: list[Path]) -> Iterator[Path]:
    """The files among these paths, and the documents in folders, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES and each.is_file())
        else:
            yield path


def receive(path: Path, *, source: str, url: str | None = None, media_type: str | None = None) -> bool:
    """Take one file in; whether it is new."""
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    submission = submit(content=content, actor=Actor.operator(), url=url, media_type=media_type, source=source, name=path.name)
    return bool(submission.created)
