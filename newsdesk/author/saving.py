"""`--watch`: again whenever a file is saved, in a process of its own, so that nothing of the former code is left."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from newsdesk.author.terminal import DIM, Terminal

EVERY_SECONDS = 0.3
MAX_FILES = 5_000

State = dict[str, tuple[int, int]]


def run_on_save(arguments: Sequence[str], folder: Path, files: Iterable[str], terminal: Terminal) -> None:
    """Run the command now and after each change in the folder or the files, until interrupted."""
    command = [sys.executable, "-P", "-m", "newsdesk.author", *arguments]
    documents = tuple(files)
    try:
        while True:
            before = state(folder, documents)
            subprocess.run(command, check=False)  # noqa: S603 - our own module, with the author's own arguments
            terminal.say(terminal.styled(f"Waiting for a change in {folder} (Ctrl-C ends it)", DIM))
            _wait_for_other_than(before, folder, documents)
            if terminal.colour:
                terminal.say("\x1b[2J\x1b[H")
    except KeyboardInterrupt:
        terminal.say()


def state(folder: Path, files: Iterable[str]) -> State:
    """What a save changes: times and sizes of the folder's files, hidden and compiled ones aside, and of the documents."""
    return {path: _status(path) for path in (*_paths(folder), *files)}


def _wait_for_other_than(before: State, folder: Path, files: Sequence[str]) -> None:
    """Wait until something is other than before, and stays so for a moment: an editor saves in several steps."""
    now = before
    while True:
        time.sleep(EVERY_SECONDS)
        last, now = now, state(folder, files)
        if now == last != before:
            return


def _paths(folder: Path) -> Iterator[str]:
    count = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each != "__pycache__")
        for name in sorted(names):
            count += 1
            if count > MAX_FILES:
                return
            if not name.startswith("."):
                yield os.path.join(place, name)


def _status(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)
