"""An author's folder, and the command `newsdesk` in a process of its own, as it is called."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Make = Callable[..., Path]

PROCESSOR = """
import os, sys
from dataclasses import dataclass
from newsdesk.sdk import Artifact, Span, hookimpl

@dataclass(frozen=True)
class Names:
    name = "acme-names"
    version = "1"
    requires = ("text",)
    provides = ("person", "place")
    word: str = "Ada"
    times: int = 1
    among: tuple[str, ...] = ()

    def process(self, document):
        start = document.text.find(self.word)
        {body}

@hookimpl
def register_processors():
    return [Names()]
"""
FINDS = 'yield Artifact("person", {"name": self.word}, (Span(start, start + len(self.word)),), 0.5)'
EXPORTER = """
import os
from dataclasses import dataclass
from newsdesk.sdk import hookimpl

@dataclass(frozen=True)
class Lines:
    name = "acme-lines"
    version = "1"
    media_type = "text/plain"
    suffix = ".txt"

    def export(self, records):
        for record in records:
            {body}

@hookimpl
def register_exporters():
    return [Lines()]
"""
READER = """
from dataclasses import dataclass, replace
from newsdesk.sdk import PLAIN, hookimpl

@dataclass(frozen=True)
class Notes:
    name = "acme-notes"
    version = "1"
    media_types = ("text/x-notes",)
    prefixes = (b"NOTE",)
    suffixes = (".notes",)

    def read(self, document):
        len(document.content) / (len(document.content) - 4)
        return replace(document, media_type=PLAIN)

@hookimpl
def register_readers():
    return [Notes()]
"""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home for all these tests: what was imported safely once is remembered there."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": os.environ["PATH"], "COLUMNS": "100", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def newsdesk(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run the command in an empty folder."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "newsdesk.author", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment | more, capture_output=True, text=True, timeout=100)

    return run


@pytest.fixture
def make_plugin(tmp_path: Path) -> Make:
    """A folder with a plugin of one module, and a story beside it."""
    (tmp_path / "story.txt").write_text("A long day\n\nMayor Ada Lind came late. Nobody minded.\n")

    def make(code: str | None = None, *, body: str = FINDS, project: str = "", folder: str = "acme") -> Path:
        place = tmp_path / folder
        place.mkdir()
        declared = '[project]\nname = "acme-names"\nversion = "0.3"\n[project.entry-points.newsdesk]\nacme = "acme_names"\n'
        (place / "pyproject.toml").write_text(project or declared)
        (place / "acme_names.py").write_text(PROCESSOR.replace("{body}", body) if code is None else code)
        return place

    return make
