"""For each clause of an exporter's contract an exporter that breaks it, and what its author is told."""

import itertools
import json
import re
import time
from dataclasses import dataclass

import pytest

from newsdesk.sdk import Record
from newsdesk.sdk.testing import ContractBroken, contract

NUMBERS = itertools.count()
KEPT = []


@dataclass(frozen=True)
class Lines:
    name = "lines"
    version = "1"
    media_type = "text/plain"
    suffix = ".txt"
    end: str = "\n"

    def export(self, records):
        for record in records:
            yield (json.dumps(record.to_plain()) + self.end).encode()


TestExporter = contract(Lines(), huge=5_000)


def bad(export, **attributes):
    """An exporter that differs from a good one in this."""
    return type("Bad", (Lines,), {"export": export, **attributes})()


def message(clause, exporter, *arguments, **options):
    """What the author is told by this clause."""
    with pytest.raises(ContractBroken) as caught:
        getattr(contract(exporter, **{"huge": 5_000, **options})(), f"test_{clause}")(*arguments)
    return str(caught.value)


class Anything:
    def export(self, records):
        return []


@pytest.mark.parametrize(
    ("exporter", "told"),
    [
        (Anything(), "it has no name, version, media_type, suffix"),
        (bad(Lines.export, name="Lines!"), "lower-case letters"),
        (bad(Lines.export, version=2), "version is 2"),
        (bad(Lines.export, media_type="text"), "media_type is 'text'"),
        (bad(Lines.export, suffix="txt"), "a file's ending with its dot"),
    ],
)
def test_wrong_declaration_is_told(exporter, told):
    assert told in message("declares_itself", exporter)


def test_piece_that_is_no_bytes_is_told():
    told = message("yields_bytes", bad(lambda self, records: (record.text for record in records)))
    assert re.search("'article'.*piece 0 is 'Harbour.*encode what you yield", told, re.DOTALL)


def test_error_on_nothing_to_export_is_told():
    assert "StopIteration" in message("survives_no_records", bad(lambda self, records: [next(iter(records)).text.encode()]))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (lambda record: record.document["source"].encode(), "KeyError: 'source'"),
        (lambda record: record.document["url"].encode(), "'NoneType' object has no attribute 'encode'"),
        (lambda record: record.text.encode("cp1252"), "UnicodeEncodeError"),
        (lambda record: b"%d" % (1 // len(record.findings)), "ZeroDivisionError"),
        (lambda record: record.findings[0].decided_by.encode(), "AttributeError"),
    ],
)
def test_error_on_a_hostile_record_is_told(line, told):
    assert told in message("survives_hostile_records", bad(lambda self, records: map(line, records)))


def test_error_on_a_huge_record_is_told_with_its_size():
    exporter = bad(lambda self, records: [b"%d" % (1 // (len(record.text) < 40_000)) for record in records])
    told = message("survives_huge_records", exporter, huge=50_000)
    assert re.search(r"huge \(50,000 characters\).*ZeroDivisionError", told, re.DOTALL)


def keeps(self, records):
    for record in records:
        KEPT.append(record)
        yield b"a"


@pytest.mark.parametrize(
    ("export", "told"),
    [
        (lambda self, records: iter([b"".join([b"a" for _ in records])]), "it took 500 before the first piece"),
        (lambda self, records: (b"a" for _ in list(records)), "held 500 at once"),
        (keeps, "it took 1 before the first piece, and held 150 at once"),
    ],
)
def test_export_that_does_not_stream_is_told(export, told):
    assert told in message("streams", bad(export))


def changes_the_document(self, records):
    for record in records:
        record.document.pop("url", None)
        yield b"a"


def changes_the_runs(self, records):
    for record in records:
        [run.clear() for run in record.runs]
        yield b"a"


@pytest.mark.parametrize(
    ("export", "told"),
    [(changes_the_document, "it was {'name': 'article-0.txt'"), (changes_the_runs, "its findings or runs are others")],
)
def test_changed_record_is_told(export, told):
    assert told in message("leaves_its_input_alone", bad(export))


def test_other_bytes_at_the_second_time_are_told():
    told = message("gives_the_same_again", bad(lambda self, records: [b"%d" % next(NUMBERS)]))
    assert re.search(r"from byte \d on b'\d+', then b'\d+'", told)


@dataclass(frozen=True)
class Unsorted(Lines):
    def export(self, records):
        for record in records:
            yield " ".join({*record.document, *record.text.split()}).encode()


@dataclass(frozen=True)
class Local(Lines):
    def export(self, records):
        return [time.strftime("%z", time.localtime(0)).encode() for _ in records]


@pytest.mark.parametrize("exporter", [Unsorted(), Local()])
def test_other_bytes_in_another_process_are_told(exporter):
    assert re.search("with PYTHONHASHSEED=[12]: from byte", message("gives_the_same_in_a_fresh_interpreter", exporter))


class Nameless:
    name, version, media_type, suffix, export = "nameless", "1", "text/plain", ".txt", Lines.export


@pytest.mark.parametrize(
    ("exporter", "told"),
    [(bad(keeps), "define the class in a module"), (Nameless(), "make it a frozen dataclass")],
)
def test_what_does_not_survive_pickling_is_told(exporter, told):
    assert told in message("survives_pickling", exporter)


def test_options_that_do_not_survive_a_round_trip_are_told():
    assert "bytes is not JSON serializable" in message("options_survive_a_round_trip", Lines(end=b"\n"))


def test_bound_of_the_author_that_is_broken_is_told():
    assert "max_seconds=0" in message("reports_time_and_memory", Lines(), lambda *_: None, max_seconds=0)


def test_record_of_the_author_is_tried_as_well():
    exporter = bad(lambda self, records: [b"%d" % (1 // (record.text != "Zoë")) for record in records])
    assert "'record 1'" in message("survives_hostile_records", exporter, documents=[Record({}, "Zoë", "Zoë")])
