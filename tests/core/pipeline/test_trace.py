import re
from dataclasses import dataclass

import pytest

from newsdesk.pipeline import make_plan, run
from newsdesk.pipeline.exporting import written
from newsdesk.pipeline.runner import Runner
from newsdesk.pipeline.trace import TRACED, traced
from newsdesk.sdk import Artifact, Record
from newsdesk.sdk.testing import make_document


@dataclass(frozen=True)
class Words:
    name, version, requires, provides = "words", "7", ("content",), ("metadata",)
    fails: bool = False

    def process(self, document):
        yield Artifact("metadata", {"name": "section", "value": str(1 // (not self.fails)), "evidence": "x"})


RECORD = Record({"name": "a.txt"}, "", "")


@pytest.fixture
def traced_calls(monkeypatch):
    monkeypatch.setenv(TRACED, "1")


def lines(capture):
    """What was traced, less times and process."""
    return re.findall(r"^plugins [\d:.]{15} pid \d+ (.*?): \d+\.\d{4} s(.*)$", capture.readouterr().err, re.MULTILINE)


@pytest.mark.parametrize("value", ["", "0", "no", "2"])
def test_nothing_is_said_until_somebody_asks(monkeypatch, capsys, value):
    monkeypatch.setenv(TRACED, value)
    with traced("import topics"):
        pass
    assert capsys.readouterr().err == ""


def test_what_raised_is_said_and_raises(traced_calls, capsys):
    with pytest.raises(SystemExit), traced("import topics"):
        raise SystemExit
    assert lines(capsys) == [("import topics", ", raised SystemExit")]


def test_line_stays_one_whatever_a_document_is_called(traced_calls, capsys):
    with traced("call words on a\nplugins b\x1b[2J\ud800é"):
        pass
    assert lines(capsys) == [("call words on a?plugins b?[2J?é", "")]


def test_output_that_nobody_takes_stops_nothing(traced_calls, monkeypatch):
    monkeypatch.setattr("sys.stderr", None)
    with traced("import topics") as came_of_it:
        came_of_it.append("fine")


def test_call_of_a_processor_is_one_line_with_what_came_of_it(traced_calls, capsys):
    [run(make_plan([each]), make_document(content="a")) for each in (Words(), Words(fails=True))]
    assert lines(capsys) == [
        ("call words 7 on document", ", 1 found"),
        ("call words 7 on document", ", raised ZeroDivisionError"),
    ]


@dataclass(frozen=True)
class Titles:
    name, version, media_type, suffix = "titles", "2", "text/plain", ".txt"
    ends: object = b"."

    def export(self, records):
        for each in records:
            yield each.document["name"].encode()
        yield self.ends


def test_export_is_one_line_with_what_was_written(traced_calls, capsys):
    assert (b"".join(written(Titles(), [RECORD])), lines(capsys)) == (b"a.txt.", [("export titles 2", ", 6 bytes")])


def test_export_that_fails_is_one_line_with_how_far_it_came(traced_calls, capsys):
    with pytest.raises(TypeError, match=r"export\(\) must yield bytes, not str"):
        list(written(Titles(ends="."), [RECORD]))
    assert lines(capsys) == [("export titles 2", ", 5 bytes, raised TypeError")]


def test_plugins_process_traces_what_it_loads(traced_calls, capfd):
    with Runner(plugins=["quotes"]) as runner:
        runner.start()
    assert [what for what, _ in lines(capfd)] == ["import quotes from newsdesk_quotes", "hook quotes.register_processors()"]
