"""Runs a page of documentation: its files are written, its commands run, and what they print is compared with what it shows.

What a fenced block is, stands behind its language, where no reader of the page sees it:

    ```python file=PATH        the block is this file
    ```python edit=PATH        in this file, what stands above the line --- becomes what stands below it
    ```console                 each line that begins with "$ " is a command; what follows is what it prints
    ```console fails           the same, of a command that does not succeed
    ```console setup           how a reader gets what the test has already; not run

In what is shown, a line of three dots stands for any lines, and three dots at the end of a line for the rest of it.
"""

import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ANY_LINES = r"(?:.*\n)*?"


class Block(NamedTuple):
    """A fenced block of a page: its language, what stands behind that, its text."""

    language: str
    what: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in their order."""
    return [Block(language, what.strip(), text) for language, what, text in BLOCK.findall(page.read_text("utf-8"))]


def run_page(page: Path, folder: Path, environment: Mapping[str, str]) -> None:
    """Do what a page says, in a folder. Fails with the command, what was shown and what came."""
    here = folder
    for block in blocks(page):
        name, _, path = block.what.partition("=")
        if name == "file":
            (here / path).parent.mkdir(parents=True, exist_ok=True)
            (here / path).write_text(block.text, "utf-8")
        elif name == "edit":
            _edit(here / path, *block.text.split("---\n"))
        elif block.language == "console" and name != "setup":
            for command, shown in _commands(block.text):
                here = _run(command, shown, here, environment, fails=name == "fails")


def _edit(path: Path, old: str, new: str) -> None:
    text, old, new = path.read_text("utf-8"), old.removesuffix("\n"), new.removesuffix("\n")
    assert text.count(old) == 1, f"{path.name} has {text.count(old)} times what is to be replaced:\n{old}"
    path.write_text(text.replace(old, new), "utf-8")


def _commands(text: str) -> Iterator[tuple[str, str]]:
    for each in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = each.partition("\n")
        yield command, shown


def _run(command: str, shown: str, folder: Path, environment: Mapping[str, str], *, fails: bool) -> Path:
    """Run one command; gives the folder in which the next one is to be run."""
    with tempfile.NamedTemporaryFile("r") as where:
        script = f"{command}\nstatus=$?; pwd > {where.name}; exit $status"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env=dict(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=110,
        )
        there = Path(where.read().strip())
    came = "".join(f"{line.rstrip()}\n" for line in done.stdout.split("\n")).rstrip("\n") + "\n"
    assert (done.returncode != 0) == fails, f"$ {command}\nended with {done.returncode}:\n{came}"
    assert not shown or re.fullmatch(_pattern(shown), came), f"$ {command}\nshown:\n{shown}\ncame:\n{came}"
    return there


def _pattern(shown: str) -> str:
    lines = []
    for line in shown.rstrip("\n").split("\n"):
        if line == "...":
            lines.append(ANY_LINES)
        elif line.endswith("..."):
            lines.append(re.escape(line.removesuffix("...")) + ".*\n")
        else:
            lines.append(re.escape(line.rstrip()) + "\n")
    return "".join(lines)
