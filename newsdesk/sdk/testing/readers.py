"""The contract of a reader, clause by clause: each is a test of its own."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from newsdesk.sdk.content import has_words
from newsdesk.sdk.document import Document
from newsdesk.sdk.media import READABLE
from newsdesk.sdk.testing.breach import shown
from newsdesk.sdk.testing.declaration import Wrong, wrong_reader
from newsdesk.sdk.testing.hostile import BYTES, FORMATS, MARKUP_TEXTS
from newsdesk.sdk.testing.samples import Sample
from newsdesk.sdk.testing.trying import OnDocuments, Tried


class TriedReader(Tried):
    """A reader and what it did with each document: the author's, the same damaged, and what is none."""

    def __init__(self, reader: Any, documents: Iterable[str | bytes | Document]) -> None:
        super().__init__(reader)
        self._documents = tuple(documents)

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """The documents."""
        own = [self._document(each) for each in self._documents]
        found = [Sample(f"document {number}", "own", each) for number, each in enumerate(own, 1)]
        for number, each in enumerate(own, 1):
            for name, content in _damaged(each.content).items():
                found.append(Sample(f"document {number} {name}", "hostile", self._document(content)))
        found += [Sample(name, "empty", self._document(each)) for name, each in {"no bytes": b"", "blanks": b" \n "}.items()]
        hostile = BYTES | MARKUP_TEXTS | FORMATS
        return (*found, *(Sample(name, "hostile", self._document(content)) for name, content in hostile.items()))

    def _document(self, given: str | bytes | Document) -> Document:
        if isinstance(given, Document):
            return given
        content = given.encode() if isinstance(given, str) else given
        media_types = getattr(self.subject, "media_types", None)
        media_type = media_types[0] if isinstance(media_types, tuple) and media_types else "application/octet-stream"
        return Document(content=content, media_type=media_type)


class ReaderContract(OnDocuments):
    """What holds for every reader. `contract(reader, documents=[...])` makes a class of these tests for one."""

    def declared(self) -> Iterator[Wrong]:
        """What is wrong with the declaration."""
        return wrong_reader(self.subject)

    def test_reads_something(self) -> None:
        """A contract that was tried on nothing read proves nothing: only the author has documents of the format."""
        if not any(_words(read) for trial in self.tried.of("own") for read in trial.found):
            raise self.broken(
                "it reads something",
                found=f"no words in any of {sum(1 for _ in self.tried.of('own'))} documents of yours",
                expected="the text of one at least",
                remedy='give it some of its format: contract(..., documents=[Path("tests/item.json").read_bytes()])',
            )

    def test_gives_a_document_that_can_be_read(self) -> None:
        """What it reads is a document in HTML or plain text, in the encoding that it says."""
        clause = "it gives a document that can be read"
        for trial in self.tried.trials:
            for read in trial.found:
                if wrong := _wrong(read):
                    expected = f"a Document in one of {', '.join(sorted(READABLE))}, in the encoding that it says"
                    remedy = (
                        'return dataclasses.replace(document, content=page.encode("utf-8", "replace"), media_type=HTML, '
                        'charset="utf-8")'
                    )
                    raise self.broken(clause, trial.sample, found=wrong, expected=expected, remedy=remedy)


def _wrong(read: Any) -> str:
    """What is wrong with what a reader read."""
    if not isinstance(read, Document):
        return f"read() gave {shown(read)}"
    if not isinstance(read.media_type, str) or read.media_type not in READABLE or not isinstance(read.content, bytes):
        return f"read() gave {type(read.content).__name__} in {shown(read.media_type)}"
    if read.decoded.doubtful:
        return f"read() gave bytes that are no {read.decoded.encoding}"
    return ""


def _words(read: Any) -> bool:
    return not _wrong(read) and has_words(read.decoded.text, read.media_type)


def _damaged(content: bytes) -> dict[str, bytes]:
    """A document as it is after an accident."""
    middle = len(content) // 2
    return {
        "cut off in the middle": content[:middle],
        "without its beginning": content[middle:],
        "with NUL bytes in the middle": content[:middle] + b"\0\0" + content[middle:],
        "twice over": content * 2,
        "with CRLF line ends": content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
        "with bytes changed": bytes(byte ^ 1 if place % 17 == 0 else byte for place, byte in enumerate(content)),
    }
