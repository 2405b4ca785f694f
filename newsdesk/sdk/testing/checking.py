"""One processor or reader over one document, and what holds for every one."""

import dataclasses
import pickle
from collections.abc import Iterable

from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.contract import check_artifacts, check_read
from newsdesk.sdk.declaration import wrong_with_kind, wrong_with_reader
from newsdesk.sdk.document import Document
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.processor import Processor
from newsdesk.sdk.reader import Reader


def check_processor(processor: Processor, document: Document, kinds: Iterable[Kind] = ()) -> tuple[Artifact, ...]:
    """The artifacts that the processor finds, after checking what holds for every processor.

    It sees only what it `requires`; its output is declared, plain and inside the text; the same document gives the same
    artifacts again; it is a frozen dataclass and survives pickling. `kinds` are those that the plugin declares itself.
    Raises AssertionError or ContractError with the reason.
    """
    assert dataclasses.is_dataclass(processor), f"{processor.name} must be a dataclass: its fields are its options"
    assert processor.__dataclass_params__.frozen, f"{processor.name} must be frozen: @dataclass(frozen=True)"
    assert isinstance(processor, Processor), f"{processor!r} must have name, version, requires, provides and process()"
    copy = pickle.loads(pickle.dumps(processor))  # noqa: S301 - our own object, dumped in this line
    assert copy == processor, f"{processor.name} does not survive pickling"
    view = document.view(processor.requires)
    text = view.text if view.has_text else None
    known = dict(KINDS)
    for kind in kinds:
        wrong = wrong_with_kind(kind) or (f"kind {kind.name} ships with Newsdesk" if kind.name in known else None)
        assert wrong is None, wrong
        known[kind.name] = kind
    found = check_artifacts(processor.process(view), processor, text, known)
    again = check_artifacts(copy.process(view), copy, text, known)
    assert found == again, f"{processor.name} gave two different results for the same document"
    return found


def check_reader(reader: Reader, document: Document) -> Document:
    """The document that the reader reads, after checking what holds for every reader.

    What it announces keeps to the rules; it sees no name; it gives HTML or plain text with words in it, and the same twice;
    it survives pickling. Raises AssertionError, ContractError or UnreadableContent with the reason, and what `read` raises.
    """
    wrong = wrong_with_reader(reader)
    assert wrong is None, wrong
    copy = pickle.loads(pickle.dumps(reader))  # noqa: S301 - our own object, dumped in this line
    assert copy == reader, f"{reader.name} does not survive pickling"
    came = document.view(("content",))
    read, again = reader.read(came), copy.read(came)
    text = check_read(read, reader.name).text
    same = check_read(again, reader.name).text == text and (again.media_type, again.url) == (read.media_type, read.url)
    assert same, f"{reader.name} read the same document in two different ways"
    return read
