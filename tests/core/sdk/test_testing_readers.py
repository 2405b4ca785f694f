"""For each clause of a reader's contract a reader that breaks it, and what its author is told."""

import itertools
import json
import re
import time
from dataclasses import dataclass, replace

import pytest

from newsdesk.sdk import HTML, Document, UnreadableContent
from newsdesk.sdk.testing import ContractBroken, contract

NUMBERS = itertools.count()
ITEM = json.dumps({"title": "Port Ellery", "words": ["Zoë came.", "🦊"]}).encode()


def item(document):
    try:
        said = json.loads(document.content)
        return said["title"], said["words"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableContent("this is no item; send the item as its provider gives it") from error


def page(document, words):
    return replace(document, content=f"<p>{words}".encode("utf-8", "replace"), media_type=HTML, charset="utf-8")


@dataclass(frozen=True)
class Items:
    name = "items"
    version = "1"
    media_types = ("application/acme+json",)
    prefixes = (b"{",)
    suffixes = (".acme",)

    def read(self, document):
        title, words = item(document)
        return page(document, f"{title} {words}")


TestReader = contract(Items(), documents=[ITEM])


def bad(read=Items.read, **attributes):
    """A reader that differs from a good one in this."""
    return type("Bad", (Items,), {"read": read, **attributes})()


def message(clause, reader, *arguments, **options):
    """What the author is told by this clause."""
    with pytest.raises(ContractBroken) as caught:
        getattr(contract(reader, **{"documents": [ITEM], **options})(), f"test_{clause}")(*arguments)
    return str(caught.value)


class Anything:
    def read(self, document):
        return document


@dataclass(frozen=True)
class Optional(Items):
    least: int = 3


@pytest.mark.parametrize(
    ("reader", "told"),
    [
        (Anything(), "it has no name, version, media_types"),
        (bad(name="Items"), "lower-case letters"),
        (bad(version=1), "version is 1"),
        (Optional(), "readers have no options"),
        (bad(media_types=()), "media_types is ()"),
        (bad(media_types=(HTML,)), "a media type that nobody reads without it"),
        (bad(prefixes=("{",)), "bytes that content begins with"),
        (bad(suffixes=("acme",)), "a file's ending"),
    ],
)
def test_wrong_declaration_is_told(reader, told):
    assert told in message("declares_itself", reader)


@pytest.mark.parametrize("documents", [[], [b"{}"]])
def test_reading_nothing_is_told_with_the_remedy(documents):
    assert "read_bytes()])" in message("reads_something", Items(), documents=documents)


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (lambda self, document: "<p>Zoë came.", "read() gave '<p>Zoë came.'"),
        (lambda self, document: replace(document, content=b"a"), "read() gave bytes in 'application/acme+json'"),
        (lambda self, document: Document(content="a", media_type=HTML), "read() gave str in 'text/html'"),
        (
            lambda self, document: Document(content="“Größe”, zählt ".encode() * 9 + b"\xe4" * 3, charset="utf-8"),
            "are no utf-8",
        ),
    ],
)
def test_document_that_nobody_can_read_is_told(read, told):
    assert told in message("gives_a_document_that_can_be_read", bad(read))


def changes_the_address(self, document):
    object.__setattr__(document, "url", "https://other.example/")
    return Items.read(self, document)


def test_changed_input_is_told():
    assert "document.url was None, and is 'https://other.example/'" in message(
        "leaves_its_input_alone", bad(changes_the_address)
    )


def test_another_result_at_the_second_time_is_told():
    told = message("gives_the_same_again", bad(lambda self, document: page(document, next(NUMBERS))))
    assert "content is" in told


@dataclass(frozen=True)
class Unsorted(Items):
    def read(self, document):
        return page(document, set(str(item(document)).split()))


@dataclass(frozen=True)
class Local(Items):
    def read(self, document):
        return page(document, time.strftime("%z", time.localtime(0)))


@pytest.mark.parametrize("reader", [Unsorted(), Local()])
def test_another_result_in_another_process_is_told(reader):
    assert re.search("with PYTHONHASHSEED=[12]: content is", message("gives_the_same_in_a_fresh_interpreter", reader))


def test_what_does_not_survive_pickling_is_told():
    assert "define the class in a module" in message("survives_pickling", bad())


def test_error_on_an_empty_document_is_told():
    told = message("survives_empty_documents", bad(lambda self, document: page(document, document.content[0])))
    assert re.search("'no bytes'.*IndexError", told, re.DOTALL)


def test_error_on_a_document_that_breaks_off_is_told():
    told = message("survives_hostile_documents", bad(lambda self, document: page(document, json.loads(document.content))))
    assert re.search("'document 1 cut off in the middle'.*JSONDecodeError", told, re.DOTALL)


def test_error_on_what_is_no_document_of_the_format_is_told():
    def read(self, document):
        try:
            return page(document, json.loads(document.content))
        except ValueError as error:
            raise UnreadableContent("this is no item") from error

    assert re.search("'brackets without an end'.*RecursionError", message("survives_hostile_documents", bad(read)), re.DOTALL)


def test_bound_of_the_author_that_is_broken_is_told():
    assert "max_seconds=0" in message("reports_time_and_memory", Items(), lambda *_: None, max_seconds=0)


def test_reader_that_the_registry_would_refuse_is_told_so():
    assert "says too little by itself; give 4 bytes or more, or suffixes too" in message("declares_itself", bad(suffixes=()))
