import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass, replace

import pytest

from newsdesk.pipeline import Problem, Registry, command
from newsdesk.pipeline.command import main, run_command
from newsdesk.pipeline.reading import Reading
from newsdesk.sdk import PLAIN, Artifact, Span
from newsdesk.sdk.declaration import announced

PLUGIN = """
from dataclasses import dataclass
from newsdesk.sdk import Artifact, hookimpl

@dataclass(frozen=True)
class Marker:
    name = "marker"
    version = "1"
    requires = ("content",)
    provides = ("metadata",)

    def process(self, document):
        yield Artifact("metadata", {"name": "section", "value": document.name, "evidence": "marker"})

@hookimpl
def register_processors():
    return [Marker()]
"""


@dataclass(frozen=True)
class Words:
    name = "words"
    version = "1"
    requires = ("content",)
    provides = ("text", "paragraph")

    def process(self, document):
        text = document.decoded.text
        yield Artifact("text", {"text": text})
        yield Artifact("paragraph", {"role": "body"}, (Span(0, len(text), "block"),), 0.5)


@dataclass(frozen=True)
class Picky:
    name = "picky"
    version = "2"
    requires = ("text",)
    provides = ("person",)

    def process(self, document):
        assert "bad" not in document.text, "bad words"
        return []


@dataclass(frozen=True)
class Mirror:
    name = "mirror"
    version = "3"
    media_types = ("application/x-mirror",)
    suffixes = (".mirror",)

    def read(self, document):
        return replace(document, content=document.content[::-1], media_type=PLAIN, url="https://example.org/m")


@pytest.fixture(autouse=True)
def _own_processors(monkeypatch):
    processors, problems = {"picky": Picky(), "words": Words()}, (Problem("gone", "cannot be loaded"),)
    readers = {"mirror": Reading(Mirror(), announced(Mirror()))}
    registry = Registry(processors, {}, {}, (), problems, readers=readers)
    monkeypatch.setattr(command, "load_registry", lambda _: registry)


@pytest.fixture
def say(capsysbinary, tmp_path, monkeypatch):
    """A function that runs the command in a folder of files, and gives its status and the objects that it printed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Zoë said 🦊.")
    (tmp_path / "b.html").write_text("bad")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "d.mirror").write_bytes(b"sdrow")

    def said(*arguments):
        status = main(list(arguments))
        return status, [json.loads(line) for line in capsysbinary.readouterr().out.decode("utf-8").splitlines()]

    return said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--url", "https://example.org/", "a.txt", "b.html"], "--url gives the address of one document; name one file"),
        (["--jobs", "0", "a.txt"], "--jobs must be 1 or more"),
        ([], "the following arguments are required: FILE"),
    ],
)
def test_arguments_that_make_no_sense_are_refused_with_the_reason(capsys, arguments, message):
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("nowhere", "nowhere cannot be read: No such file or directory"),
        (".", ". cannot be read: Is a directory"),
        ("c.pdf", "c.pdf is a PDF document, not HTML or plain text; extract its text and send that"),
        ("empty", "empty is empty; send a document that has text"),
    ],
)
def test_file_that_cannot_be_read_is_a_line_with_its_error_after_which_the_others_are_done(say, name, error):
    status, (first, second) = say(name, "a.txt")
    assert (status, first, second["text"]) == (1, {"document": {"name": name}, "error": error}, "Zoë said 🦊.")


def test_failed_processor_gives_its_document_and_status_1(say):
    status, (line,) = say("b.html")
    assert (status, line["text"], line["runs"][1]["error"].partition("\n")[0]) == (1, "bad", "AssertionError: bad words")


def test_problem_of_a_plugin_is_told_on_standard_error_only(capfd, tmp_path):
    (tmp_path / "a.txt").write_text("words")
    main([str(tmp_path / "a.txt")])
    printed = capfd.readouterr()
    assert (printed.out.count("\n"), printed.err) == (1, "warning: gone: cannot be loaded\n")


def test_line_has_the_promised_shape(say):
    _, (line,) = say("a.txt")
    assert [type(each.pop("seconds")) for each in line["runs"]] == [float, float]
    assert {key: line["document"][key] for key in ("name", "media_type", "sha256", "url")} == {
        "name": "a.txt",
        "media_type": "text/plain",
        "sha256": "fc9953fbd985cb1e05199c7d1bb9f3c680d304b1eb2e72f2dc33a425ce60092d",
        "url": None,
    }
    assert {key: value for key, value in line.items() if key != "document"} == {
        "text": "Zoë said 🦊.",
        "body": "Zoë said 🦊.",
        "artifacts": [
            {
                "kind": "paragraph",
                "data": {"role": "body"},
                "confidence": 0.5,
                "spans": [{"start": 0, "end": 11, "role": "block"}],
                "processor": "words",
                "version": "1",
            }
        ],
        "runs": [
            {"processor": "words", "version": "1", "outcome": "done", "error": None},
            {"processor": "picky", "version": "2", "outcome": "done", "error": None},
        ],
    }


def test_address_of_a_single_document_is_given_on(say):
    assert say("--url", "https://example.org/a", "a.txt")[1][0]["document"]["url"] == "https://example.org/a"


def test_lines_come_in_the_order_of_the_arguments(say):
    assert [line["document"]["name"] for line in say("b.html", "a.txt", "nowhere", "a.txt")[1]] == [
        "b.html",
        "a.txt",
        "nowhere",
        "a.txt",
    ]


def test_all_well_is_status_0(say):
    assert say("a.txt")[0] == 0


def test_hyphen_is_standard_input(say, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Zoë".encode())))
    assert say("-")[1][0]["text"] == "Zoë"


def test_name_that_is_no_unicode_is_escaped_and_stops_nothing(say, tmp_path):
    name = b"z\xff.txt".decode("utf-8", "surrogateescape")
    (tmp_path / name).write_text("words")
    assert [line["document"]["name"] for line in say(name, "a.txt")[1]] == [name, "a.txt"]


@pytest.mark.parametrize(("raised", "status"), [(KeyboardInterrupt, 130), (SystemExit(2), 2)])
def test_interrupt_from_the_keyboard_ends_with_its_status(monkeypatch, raised, status):
    def stop(*_):
        raise raised

    monkeypatch.setattr(command, "main", stop)
    with pytest.raises(SystemExit, match=str(status)):
        run_command([])


# In a process of its own


@pytest.fixture
def shell(tmp_path, monkeypatch, write_plugin):
    """A function that runs the command as one does by hand, with a plugin that marks each document by its name."""
    monkeypatch.setenv("PYTHONPATH", str(write_plugin(tmp_path, "marker", PLUGIN)))
    monkeypatch.setenv("HOME", str(tmp_path))

    def ran(*arguments, **options):
        command_line = [sys.executable, "-m", "newsdesk.pipeline", *map(str, arguments)]
        return subprocess.run(command_line, capture_output=True, check=False, text=True, encoding="utf-8", **options)

    return ran


def names(output):
    return [json.loads(line)["document"]["name"] for line in output.splitlines()]


def test_order_is_kept_with_several_processes_and_an_unreadable_file_among_them(shell, tmp_path):
    files = [tmp_path / f"{number}.txt" for number in range(8)]
    [file.write_text(f"Number {number} " + "is long. " * (8 - number) * 200) for number, file in enumerate(files)]
    given = [*map(str, files[:4]), str(tmp_path / "nowhere"), *map(str, files[4:])]
    ran = shell("--jobs", "2", *given)
    assert (names(ran.stdout), ran.returncode, "error" in ran.stdout.splitlines()[4]) == (given, 1, True)


def test_plugin_that_ends_the_process_that_imports_it_is_told_and_the_others_read_on(shell, tmp_path, write_plugin):
    write_plugin(tmp_path, "vanishing", "import os; os._exit(5)")
    (tmp_path / "a.txt").write_text("words")
    ran = [shell(*jobs, tmp_path / "a.txt") for jobs in ((), ("--jobs", "2"))]
    told = "warning: vanishing: cannot be loaded: importing it ended its process (exit status 5); mend or uninstall it\n"
    assert [(each.returncode, each.stderr.endswith(told), "marker" in each.stdout) for each in ran] == [(0, True, True)] * 2


def test_standard_input_in_utf_8_whatever_the_locale(shell):
    ran = shell("-", input="Zoë said 🦊.", env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert "Zoë said 🦊." in ran.stdout


def test_installed_plugins_find_who_said_what_in_plain_text(shell, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text(
        "Mayor to resign\n\n“I have done what I came to do,” said Zoë Adler, the mayor, on Monday in the town hall.\n"
    )
    found = json.loads(shell(story).stdout)["artifacts"]
    quotes = [(each["data"]["quotation"], each["data"]["speaker"]["name"]) for each in found if each["kind"] == "quote"]
    assert quotes == [("I have done what I came to do", "Zoë Adler")]


def test_media_type_that_nobody_reads_is_told(say):
    _, (line,) = say("a.txt", "--media-type", "image/png")
    assert line["error"].startswith("a.txt is declared as image/png; Newsdesk reads ")


def test_what_a_reader_reads_is_read_and_told_as_it_came(say):
    status, (line,) = say("d.mirror")
    document = {name: line["document"][name] for name in ("media_type", "url", "encoding")}
    assert (status, line["text"], [each["processor"] for each in line["runs"]], document) == (
        0,
        "words",
        ["mirror", "words", "picky"],
        {"media_type": "application/x-mirror", "url": "https://example.org/m", "encoding": ""},
    )


def test_declared_media_type_has_a_reader_read_it(say):
    _, (line,) = say("c.pdf", "--media-type", "application/x-mirror")
    assert line["text"] == "7.1-FDP%"
