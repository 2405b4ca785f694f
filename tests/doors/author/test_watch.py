"""`--watch`: again on each save."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.doors.author.conftest import FINDS, PROCESSOR, Make, Run
from tests.installation import wait_until


@pytest.fixture
def watching(make_plugin: Make, tmp_path: Path, environment: dict[str, str]):
    """What the command has written so far, while it watches."""
    make_plugin()
    command = [sys.executable, "-P", "-m", "newsdesk.author", "plugins", "try", "acme", "story.txt", "--watch"]
    with (tmp_path / "written").open("wb") as file:
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=file, stderr=subprocess.STDOUT)
    yield lambda: (tmp_path / "written").read_text()
    process.terminate()
    process.wait()


def test_standard_input_cannot_be_watched(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin()
    assert "--watch cannot read standard input again" in newsdesk("plugins", "try", "acme", "-", "--watch").stderr


def test_plugin_that_was_saved_runs_again_with_its_new_code(watching, tmp_path: Path) -> None:
    wait_until(lambda: "Waiting for a change in acme" in watching(), 60, watching)
    (tmp_path / "acme" / "acme_names.py").write_text(PROCESSOR.replace("{body}", FINDS.replace("person", "place")))
    wait_until(lambda: "1  place" in watching(), 60, watching)


def test_plugin_that_was_saved_broken_is_waited_for(watching, tmp_path: Path) -> None:
    wait_until(lambda: "Waiting for a change in acme" in watching(), 60, watching)
    (tmp_path / "acme" / "acme_names.py").write_text("def")
    wait_until(lambda: watching().count("Waiting for a change in acme") >= 2, 60, watching)
    assert "SyntaxError" in watching()


def test_document_that_was_saved_is_read_again(watching, tmp_path: Path) -> None:
    wait_until(lambda: "Waiting for a change in acme" in watching(), 60, watching)
    (tmp_path / "story.txt").write_text("Another day\n\nNobody but Ada Lind came to the old mill.\n")
    wait_until(lambda: "Nobody but Ada Lind" in watching(), 60, watching)
