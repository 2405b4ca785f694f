import itertools
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from newsdesk.sdk import HTML, PLAIN, Artifact, ContractError, Document, MissingKind, Span, UnreadableContent
from newsdesk.sdk.testing import check_processor, check_reader, make_document, paragraphs

NUMBERS = itertools.count()


def person(name="Zoë", start=0, end=3):
    return Artifact("person", {"name": name}, (Span(start, end),))


@dataclass(frozen=True)
class Finder:
    name = "finder"
    version = "1"
    requires = ("text",)
    provides = ("person",)

    def process(self, document):
        yield person(start=document.text.index("Zoë"), end=document.text.index("Zoë") + 3)


class NoDataclass:
    name = "no-dataclass"


@dataclass
class Thawed:
    name = "thawed"


@dataclass(frozen=True)
class Incomplete:
    name = "incomplete"


@dataclass(frozen=True)
class Restless(Finder):
    name = "restless"

    def process(self, document):
        yield person(f"Zoë {next(NUMBERS)}")


@dataclass(frozen=True)
class Careless(Finder):
    def process(self, document):
        yield person(end=1_000)


@dataclass(frozen=True)
class Undeclared(Finder):
    requires = ("content",)


@dataclass(frozen=True)
class Spanning(Finder):
    requires = ("paragraph",)

    def process(self, document):
        yield person()


@dataclass(frozen=True)
class Forgetful(Finder):
    name = "forgetful"

    def __reduce__(self):
        return (Finder, ())


DOCUMENT = make_document("“Yes,” said Zoë.")


@pytest.mark.parametrize(
    ("processor", "message"),
    [
        (NoDataclass(), "no-dataclass must be a dataclass: its fields are its options"),
        (Thawed(), "thawed must be frozen"),
        (Incomplete(), "must have name, version, requires, provides and process"),
        (Restless(), "restless gave two different results for the same document"),
        (Forgetful(), "forgetful does not survive pickling"),
    ],
)
def test_processor_that_breaks_what_holds_for_all_is_told_so(processor, message):
    with pytest.raises(AssertionError, match=message):
        check_processor(processor, DOCUMENT)


def test_processor_that_breaks_the_contract_is_told_so():
    with pytest.raises(ContractError, match="end 1000 > length 16"):
        check_processor(Careless(), DOCUMENT)


def test_processor_that_reads_what_it_does_not_require_is_told_so():
    with pytest.raises(MissingKind, match="must have 'text' in `requires`"):
        check_processor(Undeclared(), DOCUMENT)


def test_processor_that_gives_spans_must_require_the_text():
    with pytest.raises(ContractError, match="name 'text' in `requires`"):
        check_processor(Spanning(), DOCUMENT)


def test_error_of_the_processor_comes_through():
    with pytest.raises(ValueError, match="substring not found"):
        check_processor(Finder(), make_document("Nobody"))


def test_what_is_found_is_given_back():
    assert check_processor(Finder(), DOCUMENT) == (person(start=12, end=15),)


def test_document_with_a_text_has_it_in_canonical_form():
    assert make_document("Zoe\u0308\r\n").text == "Zoë\n"


def test_each_line_that_is_not_blank_is_a_paragraph_of_the_body():
    document = make_document("One.\n\n  \nTwo 🦊.")
    assert [each.spans[0].of(document.text) for each in document.of_kind("paragraph")] == ["One.", "Two 🦊."]


def test_given_paragraphs_are_the_only_ones():
    headline = tuple(paragraphs("One.", "headline"))
    assert make_document("One.\nTwo.", artifacts=headline).of_kind("paragraph") == headline


def test_other_artifacts_stand_beside_the_paragraphs():
    assert make_document("Zoë", artifacts=[person()]).body == "Zoë"


def test_document_with_content_has_no_text_yet():
    assert not make_document(content="<p>Zoë").has_text


def test_content_is_written_in_utf_8():
    assert make_document(content="Zoë", media_type=HTML, url="https://example.org/").content == b"Zo\xc3\xab"


def test_content_in_bytes_stays_as_it_is():
    assert make_document(content=b"Zo\xeb").content == b"Zo\xeb"


def test_document_is_plain_text_where_nothing_else_is_said():
    assert make_document("a").media_type == PLAIN


def test_document_for_a_test_may_have_artifacts_without_a_text():
    assert make_document(artifacts=[person()]).artifacts == (person(),)


@dataclass(frozen=True)
class Upside:
    """A reader: words upside down."""

    name = "upside"
    version = "1"
    media_types = ("application/x-upside",)

    def read(self, document):
        return replace(document, content=document.content[::-1], media_type=PLAIN)


UPSIDE = Document("secret.name", None, "application/x-upside", b"sdrow")


class Misspelt(Upside):
    """A reader whose announcement is no tuple."""

    media_types = "application/x-upside"


class Wordy(Upside):
    """A reader that gives words in place of a document."""

    def read(self, document):
        return "words"


class Turns(Upside):
    """A reader that gives something else each time."""

    turns: ClassVar[list[int]] = []

    def read(self, document):
        self.turns.append(1)
        return replace(document, content=b"words " * len(self.turns), media_type=PLAIN)


def test_reader_that_announces_what_is_no_media_type_is_told():
    with pytest.raises(AssertionError, match="media_types must be a tuple"):
        check_reader(Misspelt(), UPSIDE)


def test_reader_that_gives_no_document_is_told():
    with pytest.raises(ContractError, match="read\\(\\) gave str"):
        check_reader(Wordy(), UPSIDE)


def test_reader_that_finds_no_words_is_told():
    with pytest.raises(UnreadableContent, match="upside found no words"):
        check_reader(Upside(), replace(UPSIDE, content=b"..."))


def test_reader_that_gives_something_else_each_time_is_told():
    with pytest.raises(AssertionError, match="upside read the same document in two different ways"):
        check_reader(Turns(), UPSIDE)


def test_reader_sees_no_name_and_its_document_is_given():
    read = check_reader(Upside(), UPSIDE)
    assert (read.content, read.name) == (b"words", "document")
