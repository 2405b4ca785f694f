"""`newsdesk plugins try`: what an author sees of a plugin that is right, and of one that is not."""

import re
from pathlib import Path

import pytest

from newsdesk.author.scaffold import SAMPLES, write_plugin
from tests.doors.author.conftest import EXPORTER, READER, Make, Run

EMPTY = "from newsdesk.sdk import hookimpl\n@hookimpl\ndef register_processors(): return []"


def test_folder_that_is_no_plugin_is_refused(newsdesk: Run, make_plugin: Make) -> None:
    done = newsdesk("plugins", "try", "nowhere", "story.txt")
    assert (done.returncode, done.stdout, "nowhere is not there" in done.stderr) == (2, "", True)


def test_option_that_does_not_fit_is_refused(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin()
    done = newsdesk("plugins", "try", "acme", "story.txt", "--set", "times=often")
    assert (done.returncode, "acme-names: option 'times'" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def", "SyntaxError: invalid syntax (acme_names.py, line 1)"),
        ("import no_such_module", "No module named 'no_such_module'"),
        ("raise SystemExit('bye')", "SystemExit: bye"),
        ("import os; os._exit(3)", "importing it ended its process (exit status 3)"),
        (EMPTY, "declares nothing; return its processors from register_processors()"),
        (
            "from newsdesk.sdk import hookimpl\n@hookimpl\ndef register_processor(): ...",
            "implements register_processor, which is no hook",
        ),
    ],
)
def test_plugin_that_cannot_be_loaded_is_named_with_the_reason(newsdesk: Run, make_plugin: Make, code: str, said: str) -> None:
    make_plugin(code)
    done = newsdesk("plugins", "try", "acme", "story.txt")
    assert (done.returncode, said in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("os._exit(7)", "acme-names 1: failed: acme-names crashed: exit status 7"),
        ("os.kill(os.getpid(), 11)", "acme-names 1: failed: acme-names crashed: SIGSEGV"),
        ("raise KeyError('x')", "acme-names 1: failed: KeyError: 'x'"),
        ("yield Artifact('place', {'name': 'x'}, (Span(0, 5000),))", "end 5000 > length"),
        ("yield Artifact('quote')", "is of kind 'quote', which acme-names does not name in `provides`"),
    ],
)
def test_processor_that_fails_is_named_with_the_reason(newsdesk: Run, make_plugin: Make, body: str, said: str) -> None:
    make_plugin(body=body)
    done = newsdesk("plugins", "try", "acme", "story.txt")
    assert (done.returncode, said in done.stdout, "run the same with --here" in done.stderr) == (1, True, True)


def test_processor_that_does_not_end_is_stopped(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin(body="while True: pass")
    done = newsdesk("plugins", "try", "acme", "story.txt", "--seconds", "1")
    assert (done.returncode, "acme-names 1: failed: acme-names took longer than 1 s" in done.stdout) == (1, True)


def test_here_the_place_where_it_failed_is_shown(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin(body="print('so far'); raise KeyError('x')")
    done = newsdesk("plugins", "try", "acme", "story.txt", "--here")
    assert ("acme_names.py" in done.stderr, "so far" in done.stdout, done.returncode) == (True, True, 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("missing.txt", None, "cannot be read: No such file"), ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0", "picture.txt")],
)
def test_file_that_cannot_be_read_is_named_and_the_next_one_is_shown(
    newsdesk: Run, make_plugin: Make, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    make_plugin()
    (tmp_path / "picture.txt").write_bytes(content or b"")
    done = newsdesk("plugins", "try", "acme", name, "story.txt")
    assert (done.returncode, said in done.stderr, "story.txt: text/plain" in done.stdout) == (1, True, True)


def test_options_are_set_as_they_are_typed(newsdesk: Run, make_plugin: Make) -> None:
    shown = 'yield Artifact("place", {"name": f"{self.word} {self.times} {self.among}"}, (Span(0, 1),))'
    make_plugin(body=shown)
    typed = ("--set", "word=7", "--set", "acme-names.times=2", "--set", "among=a, b")
    assert """{"name": "7 2 ('a', 'b')"}""" in newsdesk("plugins", "try", "acme", "story.txt", *typed).stdout


def test_document_and_plugin_cannot_command_the_terminal(newsdesk: Run, make_plugin: Make, tmp_path: Path) -> None:
    make_plugin(body='yield Artifact("person", {"name": "\\u202eA"}, (Span(0, 3),)); raise ValueError("\\x1b[2J")')
    (tmp_path / "story.txt").write_text("\u202eA\x1b[31m\u2066 long day, and nothing came of it.\n")
    done = newsdesk("plugins", "try", "acme", "story.txt", "--whole", "--here")
    written = done.stdout + done.stderr
    assert [each in written for each in ("\x1b", "\u202e", "\u2066", "\\u202eA", "\\x1b[2J")] == [
        False,
        False,
        False,
        True,
        True,
    ]


def test_in_a_narrow_locale_words_are_written_out(newsdesk: Run, make_plugin: Make, tmp_path: Path) -> None:
    make_plugin()
    (tmp_path / "story.txt").write_text("Ada said “no” to the whole of the long plan.\n", "utf-8")
    done = newsdesk("plugins", "try", "acme", "story.txt", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, "\\u201cno\\u201d" in done.stdout) == (0, True)


def test_finding_is_underlined_by_its_number_and_listed(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin()
    lines = newsdesk("plugins", "try", "acme", "story.txt").stdout.splitlines()
    at = lines.index("Mayor Ada Lind came late. Nobody minded.")
    listed = ["  1  person  confidence 0.5", "     “Ada” 18–21", '     {"name": "Ada"}']
    assert (lines[at + 1], lines[-5:-2]) == ("      1~~", listed)


def test_colours_are_there_where_they_are_asked_for(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin()
    done = newsdesk("plugins", "try", "acme", "story.txt", "--colour", "always")
    assert "Mayor \x1b[4;36mAda\x1b[0m Lind" in done.stdout


def test_list_of_very_many_findings_ends_with_their_number(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin(body="yield from (Artifact('place', {'name': f'p{each}'}, (Span(0, 1),)) for each in range(1200))")
    assert "⋯ 1,000 more findings" in newsdesk("plugins", "try", "acme", "story.txt").stdout


def test_plugin_runs_beside_the_installed_ones(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin()
    done = newsdesk("plugins", "try", "acme", "story.txt", "--all")
    assert ("paragraph" in done.stdout, done.stderr) == (True, "")


def test_folder_comes_before_the_installed_plugin_of_the_same_name(newsdesk: Run, make_plugin: Make) -> None:
    code = "from acme_names_of_ours import *"
    project = '[project]\nname = "newsdesk_quotes"\nversion = "9"\n[project.entry-points.newsdesk]\nquotes = "acme_names"\n'
    folder = make_plugin(code, project=project)
    (folder / "acme_names_of_ours.py").write_text(
        "from newsdesk.sdk import hookimpl\n"
        "import newsdesk_quotes.quotes\n"
        "class Quotes(newsdesk_quotes.quotes.QuoteAttributor):\n    version = '99'\n"
        "@hookimpl\ndef register_processors():\n    return [Quotes()]\n"
    )
    assert "quotes 99: done" in newsdesk("plugins", "try", "acme", "story.txt").stdout


def test_nothing_is_written_into_the_folder(newsdesk: Run, make_plugin: Make) -> None:
    folder = make_plugin()
    newsdesk("plugins", "try", "acme", "story.txt")
    assert {each.name for each in folder.iterdir()} == {"pyproject.toml", "acme_names.py"}


@pytest.mark.parametrize(
    ("sort", "said"),
    [
        ("processor", '"name": "section", "value": "weather"'),
        ("kind", "acme-new declares the kind figure, which editors review as “Figure”."),
        ("kind", '{"unit": "km/h", "value": 96.0}'),
        ("reader", "Harbour of Sandvik to open “in time for herring”"),
        ("reader", "acme-new 1: done, read in "),
        ("exporter", "Odile Varga,,The wind took the gate and then the fence,direct"),
    ],
)
def test_new_plugin_shows_something_on_the_document_that_it_brings(newsdesk: Run, tmp_path: Path, sort: str, said: str) -> None:
    folder = write_plugin("acme-new", tmp_path, {"sort": sort}, ask=False)
    done = newsdesk("plugins", "try", "acme-new", str(folder / SAMPLES[sort]))
    assert (done.returncode, done.stderr, said in done.stdout) == (0, "", True)


def test_document_that_a_reader_does_not_read_is_told_with_what_it_does(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin(READER)
    told = newsdesk("plugins", "try", "acme", "story.txt").stderr.splitlines()
    assert told == [
        "story.txt is text/plain, for which no reader of this plugin was needed",
        "  acme-notes reads text/x-notes: a name that ends in .notes and bytes that begin with b'NOTE', "
        "or --media-type text/x-notes",
    ]


def test_reader_that_fails_is_named_with_the_reason(newsdesk: Run, make_plugin: Make, tmp_path: Path) -> None:
    make_plugin(READER)
    (tmp_path / "story.notes").write_text("NOTE")
    done = newsdesk("plugins", "try", "acme", "story.notes")
    assert (done.returncode, "acme-notes 1: failed: ZeroDivisionError" in done.stdout) == (1, True)


def test_what_the_file_is_may_be_said(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin(READER)
    done = newsdesk("plugins", "try", "acme", "story.txt", "--media-type", "text/x-notes")
    assert (done.returncode, "acme-notes 1: done, read in" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("os._exit(7)", "exporter acme-lines failed: it ended its process (exit status 7)"),
        ("os.kill(os.getpid(), 9)", "exporter acme-lines failed: it crashed: SIGKILL"),
        ("yield record.text", "export() must yield bytes, not str; encode what you yield"),
        ("raise KeyError('x')", "KeyError: 'x'"),
    ],
)
def test_exporter_that_fails_is_named_with_the_reason(newsdesk: Run, make_plugin: Make, body: str, said: str) -> None:
    make_plugin(EXPORTER.replace("{body}", body))
    done = newsdesk("plugins", "try", "acme", "story.txt")
    assert (done.returncode, said in done.stderr) == (1, True)


def test_what_an_exporter_writes_is_shown_and_what_it_prints_is_not_in_it(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin(EXPORTER.replace("{body}", "print('so far'); yield record.body.encode() + b'\\x1b\\n'"))
    done = newsdesk("plugins", "try", "acme", "story.txt")
    assert done.stdout.endswith(
        "acme-lines 1 writes text/plain: 54 bytes\nA long day\n\nMayor Ada Lind came late. Nobody minded.\\x1b\n"
    )
    assert done.stderr == "so far\n"


@pytest.mark.parametrize(("body", "said"), [("raise KeyError('x')", "KeyError: 'x'"), ("raise SystemExit(3)", "SystemExit: 3")])
def test_here_the_place_where_an_exporter_failed_is_shown(newsdesk: Run, make_plugin: Make, body: str, said: str) -> None:
    make_plugin(EXPORTER.replace("{body}", f"print('so far'); {body}"))
    done = newsdesk("plugins", "try", "acme", "story.txt", "--here")
    shown = ("acme_names.py" in done.stderr, said in done.stderr, "so far" in done.stdout)
    assert (done.returncode, shown) == (1, (True, True, True))


def test_here_an_exporter_writes_the_same(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin(EXPORTER.replace("{body}", "yield record.body.encode()"))
    apart, here = (newsdesk("plugins", "try", "acme", "story.txt", *more).stdout for more in ((), ("--here",)))
    assert apart == here


def test_exporter_that_is_tried_is_traced(newsdesk: Run, make_plugin: Make) -> None:
    make_plugin(EXPORTER.replace("{body}", "yield b'one'"))
    done = newsdesk("plugins", "try", "acme", "story.txt", NEWSDESK_TRACE_PLUGINS="1")
    assert re.findall(r" (export \S+ \S+): \d+\.\d{4} s, (.*)", done.stderr) == [("export acme-lines 1", "3 bytes")]
