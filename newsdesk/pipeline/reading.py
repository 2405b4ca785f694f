"""The first step of a document that is neither a web page nor plain text: a reader makes one of the two of it.

A reader runs as a processor of bytes does, with the same limits and the same row, and its one finding is the document that
it read. That is kept with the run, so nothing is read twice; what came in stays as it came.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from newsdesk.pipeline.findings import Findings
from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.content import MAX_BYTES
from newsdesk.sdk.contract import check_read
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import ContractError
from newsdesk.sdk.media import READABLE, Format
from newsdesk.sdk.reader import Reader

READING = "reading"
"""What a reader's run finds: no kind of artifact, and no processor may name it."""

MAX_URL_CHARS = 4_000


class Reading:
    """A reader as a step: a processor that requires the bytes."""

    requires: tuple[str, ...] = ("content",)
    provides: tuple[str, ...] = (READING,)

    def __init__(self, reader: Reader, announced: Format) -> None:
        self.name = reader.name
        self.version = reader.version
        self.format = announced
        self._reader = reader

    def process(self, document: Document) -> Iterator[Artifact]:
        """The document that the reader reads. Raises what it raises, and what `check_read` does."""
        read = self._reader.read(document)
        decoded = check_read(read, self.name)
        yield Artifact(READING, {"content": decoded.text, "media_type": read.media_type, "url": read.url})


def read_document(reading: Reading, findings: Findings, received: Document) -> Document:
    """The document that a reader's run gives, made of what came in. Raises ContractError for what is none."""
    try:
        ((data, spans, _),) = findings.entries(READING)
        found = _held(data) if findings.kinds == (READING,) and spans == [] else None
    except (ValueError, TypeError, KeyError) as error:
        raise ContractError(f"{reading.name} answered with what is no document: {error!r:.200}") from error
    if found is None:
        raise ContractError(f"{reading.name} answered with what is no document: HTML or plain text in UTF-8, and an address")
    content, media_type, url = found
    if len(content) > MAX_BYTES:
        raise ContractError(f"{reading.name} read {len(content):,} bytes of text; the limit is {MAX_BYTES:,}; give less")
    return replace(received, content=content, media_type=media_type, charset="utf-8", url=received.url or url, artifacts=())


def _held(data: Mapping[str, object]) -> tuple[bytes, str, str | None] | None:
    content, media_type, url = data["content"], data["media_type"], data["url"]
    if type(content) is not str or type(media_type) is not str or media_type not in READABLE:
        return None
    if url is None:
        return content.encode(), media_type, None
    return (content.encode(), media_type, url) if type(url) is str and url.isprintable() and len(url) <= MAX_URL_CHARS else None
