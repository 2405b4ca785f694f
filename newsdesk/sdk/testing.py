"""For a plugin's own tests: make a document, run a processor on it, and check what holds for every processor."""

import dataclasses
import pickle
from collections.abc import Iterable

from newsdesk.sdk.artifact import Artifact, Span
from newsdesk.sdk.contract import check_artifacts
from newsdesk.sdk.declaration import wrong_with_kind
from newsdesk.sdk.document import Document
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.media import PLAIN
from newsdesk.sdk.processor import Processor
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


def check_processor(processor: Processor, document: Document, kinds: Iterable[Kind] = ()) -> tuple[Artifact, ...]:
    """The artifacts that the processor finds, after checking what holds for every processor.

    `kinds` are those that its plugin declares. It sees only what it `requires`; its output is declared, plain and inside
    the text; the same document gives the same artifacts again; it is a frozen dataclass and survives pickling. Raises
    AssertionError or ContractError with the reason.
    """
    assert dataclasses.is_dataclass(processor), f"{processor.name} must be a dataclass: its fields are its options"
    assert processor.__dataclass_params__.frozen, f"{processor.name} must be frozen: @dataclass(frozen=True)"
    assert isinstance(processor, Processor), f"{processor!r} must have name, version, requires, provides and process()"
    copy = pickle.loads(pickle.dumps(processor))  # noqa: S301 - our own object, dumped in this line
    assert copy == processor, f"{processor.name} does not survive pickling"
    known = dict(KINDS)
    for kind in kinds:
        wrong = wrong_with_kind(kind) or (f"kind {kind.name} ships with Newsdesk" if kind.name in known else None)
        assert wrong is None, wrong
        known[kind.name] = kind
    view = document.view(processor.requires)
    text = view.text if view.has_text else None
    found = check_artifacts(processor.process(view), processor, text, known)
    again = check_artifacts(copy.process(view), copy, text, known)
    assert found == again, f"{processor.name} gave two different results for the same document"
    return found
