import json

from newsdesk_jsonl import register_exporters
from newsdesk_jsonl.lines import JsonLines

from newsdesk.sdk import Artifact, Finding, Record, Span
from newsdesk.sdk.testing import contract

RECORD = Record(
    document={"name": "a.txt", "media_type": "text/plain", "sha256": "00", "url": None},
    text="“Très bien,” said Zoë.\nEnd 🦊",
    body="“Très bien,” said Zoë.",
    findings=(Finding(Artifact("paragraph", {"role": "body"}, (Span(0, 22, "block"),), 0.5), "plain-structure", "1"),),
    runs=({"processor": "plain-structure", "version": "1", "outcome": "done", "seconds": 0.1, "error": None},),
)

TestContract = contract(JsonLines(), documents=[RECORD])


def export(*records):
    return b"".join(JsonLines().export(records))


def test_no_records_make_an_empty_file():
    assert export() == b""


def test_line_end_inside_a_text_does_not_break_the_line():
    assert export(RECORD).count(b"\n") == 1


def test_line_separator_of_unicode_does_not_break_the_line():
    assert len(export(Record({}, "a\x85b", "")).splitlines()) == 1


def test_letters_outside_ascii_are_written_as_they_are():
    assert "“Très bien,” said Zoë." in export(RECORD).decode("utf-8")


def test_each_line_is_the_record_as_plain_data():
    assert [json.loads(line) for line in export(RECORD, RECORD).splitlines()] == [RECORD.to_plain(), RECORD.to_plain()]


def test_decision_is_written_with_its_finding():
    finding = Finding(Artifact("text", {"text": "a"}), "plain-text", "1", "accept", "Noor Adler", "2026-01-02T03:04:05Z")
    assert json.loads(export(Record({}, "a", "a", (finding,))))["artifacts"][0]["decided_by"] == "Noor Adler"


def test_records_are_written_as_they_come():
    lines = JsonLines().export(record for record in iter(lambda: RECORD, None))
    assert next(lines) == next(lines)


def test_exporter_is_registered():
    assert register_exporters() == [JsonLines()]
