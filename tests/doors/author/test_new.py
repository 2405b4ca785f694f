"""`newsdesk plugins new`: a folder that is whole and right, or nothing and the reason."""

import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from newsdesk.author.errors import AuthorError
from newsdesk.author.naming import names
from newsdesk.author.scaffold import SAMPLES, SORTS, release_range, write_plugin
from tests.doors.author.conftest import Run

BIN = Path(sys.executable).parent
WITHOUT_COPIER = "import sys; sys.modules['copier'] = None; from newsdesk.author.command import run_command; run_command()"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "lower-case letters, digits and single hyphens"),
        ("9-lives", "begins with a letter"),
        ("a" * 51, "has 50 at most"),
        ("Acme_Topics", "try acme-topics"),
        ("../acme", "try acme"),
        ("acme--topics", "try acme-topics"),
        ("newsdesk-topics", "newsdesk-... is for Newsdesk's own"),
        ("json", "its module would hide Python's own; try my-json"),
        ("class", "try my-class"),
        ("pluggy", "a module pluggy is installed already"),
    ],
)
def test_name_that_cannot_be_used_is_refused(name: str, said: str) -> None:
    with pytest.raises(AuthorError) as refused:
        names(name)
    assert said in str(refused.value)


def test_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "acme-topics").mkdir()
    (tmp_path / "acme-topics" / "mine.txt").touch()
    with pytest.raises(AuthorError, match="is there already; choose another name"):
        write_plugin("acme-topics", tmp_path, {}, ask=False)
    assert [each.name for each in tmp_path.rglob("*")] == ["acme-topics", "mine.txt"]


def test_folder_to_make_it_in_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match="is no folder; make it first"):
        write_plugin("acme-topics", tmp_path / "nowhere", {}, ask=False)


@pytest.mark.parametrize("answers", [{"description": "two\nlines"}, {"author": ""}, {"sort": "fetcher"}])
def test_answer_that_cannot_be_used_leaves_nothing_behind(tmp_path: Path, answers: dict[str, str]) -> None:
    with pytest.raises(AuthorError, match="acme-topics cannot be made"):
        write_plugin("acme-topics", tmp_path, answers, ask=False)
    assert list(tmp_path.iterdir()) == []


def test_where_copier_is_missing_the_command_that_brings_it_is_named(tmp_path: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-c", WITHOUT_COPIER, "plugins", "new", "acme-topics"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, f'{sys.executable} -m pip install "newsdesk[author]"' in done.stderr) == (2, True)


@pytest.mark.parametrize("sort", SORTS)
def test_nothing_is_left_of_the_template(tmp_path: Path, sort: str) -> None:
    folder = write_plugin("acme-topics", tmp_path, {"sort": sort}, ask=False)
    files = {each.relative_to(folder): each.read_text() for each in folder.rglob("*") if each.is_file()}
    assert [str(name) for name, text in files.items() if "{%" in text or ".jinja" in str(name) or "{{ " in text] == [
        ".github/workflows/tests.yml"  # where it is GitHub's own
    ]


@pytest.mark.parametrize(
    ("sort", "there"),
    [
        ("processor", ["processor.py", "py.typed", "test_processor.py", "cases", "nothing", "storm"]),
        ("kind", ["figures.py", "kind.py", "py.typed", "test_figures.py", "cases", "flood", "nothing"]),
        ("reader", ["reader.py", "py.typed", "test_reader.py", "cases", "newsletter", "release"]),
        ("exporter", ["exporter.py", "py.typed", "test_exporter.py", "article.txt"]),
    ],
)
def test_each_sort_has_the_files_that_it_needs(tmp_path: Path, sort: str, there: list[str]) -> None:
    folder = write_plugin("acme-topics", tmp_path, {"sort": sort}, ask=False)
    common = [".github", ".gitignore", "LICENSE", "README.md", "acme_topics", "pyproject.toml", "tests"]
    parts = [each.name for each in (*folder.glob("acme_topics/[!_]*"), *folder.glob("tests/*"), *folder.glob("tests/cases/*"))]
    assert (sorted(each.name for each in folder.iterdir()), sorted(parts)) == (common, sorted(there))


def test_answers_are_written_as_they_are(tmp_path: Path) -> None:
    answers = {"description": 'Has <b>, "q" & \\', "author": 'Ada "x" Lind', "licence": "MIT"}
    folder = write_plugin("acme-topics", tmp_path, answers, ask=False)
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    assert (
        project["description"],
        project["authors"],
        project["license"],
        "MIT License" in (folder / "LICENSE").read_text(),
    ) == (
        answers["description"],
        [{"name": answers["author"]}],
        "MIT",
        True,
    )


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "--select=E,F,W,I,UP,B,C4,SIM,PT"], ["ruff", "format", "--check"], ["mypy", "--strict", "acme_topics"]],
    ids=["lint", "format", "types"],
)
def test_tools_find_nothing_in_it(tmp_path: Path, sort: str, command: list[str]) -> None:
    folder = write_plugin("acme-topics", tmp_path, {"sort": sort}, ask=False)
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_on_a_terminal_it_asks_what_was_not_said(tmp_path: Path, environment: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "newsdesk.author",
        "plugins",
        "new",
        "acme-table",
        "--sort",
        "exporter",
        "--licence",
        "MIT",
    ]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment | {"TERM": "dumb"}, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    answer(ours, "What does it do, in one sentence?")
    answer(ours, "Whose is it?")
    read_until(ours, "Made acme-table")
    process.wait()
    os.close(ours)
    assert "MIT License" in (tmp_path / "acme-table" / "LICENSE").read_text()


def answer(terminal: int, question: str) -> None:
    """Wait for a question, and take the answer that is offered."""
    read_until(terminal, question)
    os.write(terminal, b"\r")


def read_until(terminal: int, words: str) -> None:
    """Read what the terminal shows, until these words are there; the test's own limit of time holds."""
    seen = b""
    while words.encode() not in seen:
        seen += os.read(terminal, 4096)


@pytest.mark.parametrize(
    ("present", "promised"),
    [("0.1.3", ">=0.1,<0.2"), ("0.12.0.dev1", ">=0.12,<0.13"), ("1.4.2", ">=1.4,<2"), ("2.0rc1", ">=2.0,<3")],
)
def test_plugin_asks_for_the_versions_that_promise_the_same(present: str, promised: str) -> None:
    assert release_range(present) == promised


@pytest.mark.parametrize("sort", SORTS)
def test_command_says_how_to_go_on(newsdesk: Run, sort: str) -> None:
    done = newsdesk("plugins", "new", "acme-topics", "--sort", sort)
    assert (done.returncode, f"newsdesk plugins try . {SAMPLES[sort]}\n" in done.stdout) == (0, True)


def test_bad_name_ends_the_command(newsdesk: Run) -> None:
    done = newsdesk("plugins", "new", "Acme")
    assert (done.returncode, done.stdout, "try acme" in done.stderr) == (2, "", True)
