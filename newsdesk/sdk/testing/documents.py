"""Documents for tests: as they come in, or as they are once their text was found."""

from collections.abc import Iterable

from newsdesk.sdk.artifact import Artifact, Span
from newsdesk.sdk.document import Document
from newsdesk.sdk.media import PLAIN
from newsdesk.sdk.text import canonical


def make_document(
    text: str | None = None,
    *,
    content: bytes | str = b"",
    media_type: str = PLAIN,
    url: str | None = None,
    artifacts: Iterable[Artifact] = (),
) -> Document:
    """A document for a test: with `content`, as it comes in; with `text`, as it is after its text was found.

    A text is made canonical, and each of its lines that is not blank becomes a `paragraph` with the role "body",
    unless `artifacts` brings paragraphs of its own.
    """
    content = content.encode() if isinstance(content, str) else content
    document = Document(content=content, media_type=media_type, url=url)
    if text is None:
        return document.with_artifacts(artifacts)
    text = canonical(text).text
    given = tuple(artifacts)
    if not any(artifact.kind == "paragraph" for artifact in given):
        given += tuple(paragraphs(text))
    return document.with_artifacts([Artifact("text", {"text": text}), *given])


def paragraphs(text: str, role: str = "body") -> Iterable[Artifact]:
    """A `paragraph` artifact for each line of the text that is not blank."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Artifact("paragraph", {"role": role}, (Span(start, start + len(line), "block"),))
        start += len(line) + 1
