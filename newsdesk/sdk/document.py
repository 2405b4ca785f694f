"""What a processor is given: one document, and what is known about it so far."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.encoding import Decoded, decode
from newsdesk.sdk.errors import MissingKind
from newsdesk.sdk.media import PLAIN

BODY_ROLES = frozenset({"body", "subhead", "list-item"})
"""The roles of the paragraphs that a reader would call the article."""


@dataclass(frozen=True)
class Document:
    """One document, never changed: its bytes as they came, and the artifacts found so far.

    A processor sees only what it names in `requires`: bytes and address for "content", artifacts for a kind. It never
    sees the `name`, which is for people: results must not hang on how a file was called.
    `charset` is what the transport declared, if it did.
    """

    name: str = "document"
    url: str | None = None
    media_type: str = PLAIN
    content: bytes = b""
    charset: str | None = None
    artifacts: tuple[Artifact, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def decoded(self) -> Decoded:
        """The bytes as characters in canonical form, with the encoding and counted warnings."""
        return decode(self.content, self.charset, self.media_type)

    @cached_property
    def text(self) -> str:
        """The canonical text. Raises MissingKind where no processor has provided one."""
        for artifact in self.artifacts:
            if artifact.kind == "text":
                return str(artifact.data["text"])
        raise MissingKind(f"{self.name} has no text here; a processor that reads it must have 'text' in `requires`")

    @property
    def has_text(self) -> bool:
        """Whether a processor has provided the canonical text."""
        return any(artifact.kind == "text" for artifact in self.artifacts)

    @cached_property
    def body(self) -> str:
        """The article as a reader would read it; see `body`."""
        return body(self.text, self.artifacts)

    def of_kind(self, *kinds: str) -> tuple[Artifact, ...]:
        """The artifacts of these kinds. On the desk kinds come by name, and each kind in the order in which it was found."""
        return tuple(artifact for artifact in self.artifacts if artifact.kind in kinds)

    def with_artifacts(self, artifacts: Iterable[Artifact]) -> "Document":
        """This document with more artifacts."""
        return replace(self, artifacts=(*self.artifacts, *artifacts))

    def view(self, kinds: Iterable[str]) -> "Document":
        """This document with no more than these kinds in it; "content" stands for bytes, address and charset."""
        wanted = frozenset(kinds)
        artifacts = self.of_kind(*wanted)
        if "content" in wanted:
            return replace(self, artifacts=artifacts, name="document")
        return replace(self, artifacts=artifacts, name="document", content=b"", url=None, charset=None)


def body(text: str, artifacts: Iterable[Artifact]) -> str:
    """The paragraphs with the roles body, subhead and list-item, in the order of the text, joined by blank lines."""
    spans = sorted(
        artifact.spans[0] for artifact in artifacts if artifact.kind == "paragraph" and artifact.data["role"] in BODY_ROLES
    )
    return "\n\n".join(span.of(text) for span in spans)
