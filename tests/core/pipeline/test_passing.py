from dataclasses import replace

import pytest

from newsdesk.pipeline import Dossier, Findings
from newsdesk.pipeline.passing import Receiver, Sender
from newsdesk.sdk import Artifact, Document, Span

DOCUMENT = Document("a.html", "https://example.org/a", "text/html", b"<p>Zoe said so.", "utf-8")
TEXT = Artifact("text", {"text": "Zoe said so."})
PERSON = Artifact("person", {"name": "Zoe", "aliases": ["Z"]}, (Span(0, 3),))
FOUND = Findings.of([TEXT, PERSON])


class Line:
    """Both sides of the line, and how many bytes went over it."""

    def __init__(self):
        self.sender, self.receiver, self.bytes = Sender(), Receiver(), 0

    def send(self, dossier, *requires):
        processor = type("Asks", (), {"requires": requires})()
        head, payload = self.sender.pack(processor, dossier)
        self.bytes = len(payload)
        return self.receiver.unpack(head, payload, processor)

    def found(self, finder, findings):
        self.sender.keep(finder, findings)
        self.receiver.keep(finder, Findings.unpack(*findings.pack()))


@pytest.fixture
def line():
    return Line()


@pytest.fixture
def dossier():
    return Dossier.open(DOCUMENT)


@pytest.mark.parametrize("requires", [(), ("content",), ("text",), ("person", "text"), ("content", "person", "quote")])
def test_processor_sees_what_it_would_see_in_this_process(line, dossier, requires):
    known = dossier.with_findings("reader", FOUND)
    assert line.send(known, *requires) == known.view(requires)


def test_bytes_of_a_document_go_over_once(line, dossier):
    line.send(dossier, "content")
    assert (line.send(dossier, "content").content, line.bytes) == (DOCUMENT.content, 0)


def test_bytes_that_nobody_asks_for_do_not_go_over(line, dossier):
    assert (line.send(dossier, "text").content, line.bytes) == (b"", 0)


def test_what_was_found_over_there_is_not_sent_again(line, dossier):
    line.send(dossier, "content")
    line.found("reader", FOUND)
    assert (line.send(dossier.with_findings("reader", FOUND), "text", "person").artifacts, line.bytes) == ((PERSON, TEXT), 0)


def test_what_was_kept_is_sent_and_stays_there(line, dossier):
    known = dossier.with_findings("reader", FOUND)
    line.send(known, "text")
    assert (line.send(known, "person").artifacts, line.bytes) == ((PERSON,), 0)


def test_what_was_held_to_the_contract_with_a_loss_is_sent_as_it_is_now(line, dossier):
    line.send(dossier, "content")
    line.found("reader", FOUND)
    less = dossier.with_findings("reader", Findings.of([TEXT]))
    assert line.send(less, "text", "person").artifacts == (TEXT,)


def test_another_document_brings_nothing_of_the_one_before(line, dossier):
    line.send(dossier, "content")
    line.found("reader", FOUND)
    other = Dossier.open(replace(DOCUMENT, content=b"<p>Ada."))
    assert (line.send(other, "content", "text").content, line.send(other, "text").artifacts) == (b"<p>Ada.", ())


def test_equal_document_that_is_another_is_sent_again(line, dossier):
    line.send(dossier, "content")
    assert line.send(Dossier.open(replace(DOCUMENT)), "content").content == DOCUMENT.content


def test_what_a_processor_does_to_its_copy_reaches_no_other(line, dossier):
    known = dossier.with_findings("reader", FOUND)
    line.send(known, "person").artifacts[0].data["aliases"].clear()
    assert line.send(known, "person").artifacts == (PERSON,)


def test_what_a_processor_does_to_its_copy_reaches_no_other_in_this_process(dossier):
    known = dossier.with_findings("reader", Findings.of([PERSON]))
    known.view(("person",)).artifacts[0].data["aliases"].clear()
    assert known.view(("person",)).artifacts == (PERSON,)
