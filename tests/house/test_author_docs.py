"""The pages for authors of plugins are done as they stand, in an empty folder each."""

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from newsdesk.author.reference import reference
from tests.house.transcript import run_page

ROOT = Path(__file__).parents[2]
AUTHORS = ROOT / "docs" / "authors"
PAGES = sorted(each.relative_to(AUTHORS) for each in AUTHORS.rglob("*.md") if "```console" in each.read_text("utf-8"))
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A virtual environment in which Newsdesk is installed and in which a reader may install more, without a network."""
    folder = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (packages,) = (folder / "lib").glob("python*/site-packages")
    (packages / "installed.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    command = folder / "bin" / "newsdesk"
    command.write_text(f'#!/bin/sh\nexec "{folder}/bin/python" -m newsdesk.author "$@"\n')
    command.chmod(0o755)
    return {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it the other way round: no isolation, so that nothing is fetched
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_page_does_what_it_says(page: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    run_page(AUTHORS / page, folder, environment)


def test_reference_is_made_of_the_code() -> None:
    assert (AUTHORS / "reference.md").read_text("utf-8") == reference(), "run `make docs`, and commit what it writes"


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("[dnp]*/**/*.md")), ids=lambda page: str(page.relative_to(ROOT))
)
def test_links_lead_somewhere(page: Path) -> None:
    for path, place in LINK.findall(page.read_text("utf-8")):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{path} is not there"
        if place:
            assert place in anchors(target), f"{path} has no heading #{place}"


def anchors(page: Path) -> set[str]:
    """The names by which the headings of a page are linked to, as forges make them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}
