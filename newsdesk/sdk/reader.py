"""Bytes of a media type to a document: what brings in formats that are neither a web page nor plain text."""

from typing import Protocol, runtime_checkable

from newsdesk.sdk.document import Document


@runtime_checkable
class Reader(Protocol):
    """A frozen dataclass without fields. Class attributes announce what it reads, so that nobody must run it to know.

    `media_types` are those that it reads; bytes that are recognised are taken for the first. `prefixes` and `suffixes` (may
    be left out) say by what: the bytes begin with one of the prefixes, and the file's name ends in one of the suffixes,
    where any are given. Without either, a document is read only where its media type is declared. Folders are searched
    for the suffixes. Raise `version` whenever the same bytes may be read otherwise.
    """

    name: str
    version: str

    @property  # so that a class attribute of one media type, whose type says one, is one too
    def media_types(self) -> tuple[str, ...]:
        """The media types that it reads."""
        ...

    def read(self, document: Document) -> Document:
        """The document as processors shall see it: `content` is HTML or plain text, and `media_type` says which.

        `document` has bytes, address, declared charset and media type as they came. Of what is returned count `content`,
        `media_type`, `charset` (of that content) and, where the document came without an address, `url`:
        `dataclasses.replace(document, content=..., media_type=HTML, charset="utf-8")`. May raise, as `process` may: the
        document is then not processed, and the message stands under the reader's name.
        """
        ...
