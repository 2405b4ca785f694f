"""What every processor's and reader's output must be, whoever wrote it. The same check runs in its tests and on the desk.

All or nothing: one bad artifact and none of the run is kept, so that a half-right result is never taken for a whole one.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from newsdesk.sdk.artifact import Artifact, Span
from newsdesk.sdk.content import has_words
from newsdesk.sdk.document import Document
from newsdesk.sdk.encoding import Decoded
from newsdesk.sdk.errors import ContractError, UnreadableContent
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.media import READABLE
from newsdesk.sdk.processor import Processor
from newsdesk.sdk.schema import violations
from newsdesk.sdk.text import is_canonical

MAX_ARTIFACTS = 50_000
MAX_SPANS = 1_000
MAX_DATA_CHARS = 1_000_000
MAX_TEXT_CHARS = 50_000_000
MAX_DEPTH = 16
MAX_KEY_CHARS = 1_000
MAX_NUMBER = 2**53

_Path = tuple[int | str, ...]
"""Where a value stands: what it is in, and the keys and places that lead to it."""


def check_artifacts(
    artifacts: Iterable[Artifact], processor: Processor, text: str | None, kinds: Mapping[str, Kind] = KINDS
) -> tuple[Artifact, ...]:
    """The artifacts, each valid and none twice. `text` is the canonical text, or None where this run must provide it.

    Raises ContractError that names the artifact, the rule and the remedy.
    """
    if not isinstance(artifacts, Iterable):
        kind = type(artifacts).__name__
        raise ContractError(f"{processor.name}: process() gave {kind}; it must yield artifacts, or return a list of them")
    found: dict[str, Artifact] = {}
    for number, artifact in enumerate(artifacts):
        if number >= MAX_ARTIFACTS:
            raise ContractError(f"more than {MAX_ARTIFACTS:,} artifacts; yield fewer, larger findings")
        where = f"artifact {number}"
        if not isinstance(artifact, Artifact):
            raise ContractError(f"{where} is {type(artifact).__name__}; process() must yield newsdesk.sdk.Artifact")
        if artifact.kind not in processor.provides:
            raise ContractError(f"{where} is of kind {artifact.kind!r}, which {processor.name} does not name in `provides`")
        if artifact.kind == "text" and text is not None:
            raise ContractError(f"{where}: the document has a text already; only one processor may provide it, once")
        check_artifact(artifact, text, kinds, f"{where} ({artifact.kind})")
        if artifact.kind == "text":
            text = artifact.data["text"]
        found.setdefault(artifact.digest, artifact)
    return tuple(found.values())


def check_artifact(artifact: Artifact, text: str | None, kinds: Mapping[str, Kind] = KINDS, where: str = "artifact") -> None:
    """Hold one artifact to its kind and to the text. Raises ContractError as `check_artifacts` does."""
    if artifact.kind not in kinds:
        raise ContractError(f"{where} is of kind {artifact.kind!r}, which nobody has declared")
    kind = kinds[artifact.kind]
    _check_data(artifact, kind, where)
    _check_confidence(artifact.confidence, where)
    _check_spans(artifact, kind, text, where)
    if kind.check and (wrong := kind.check(artifact, text or "")):
        raise ContractError(f"{where}: {wrong}")


def check_read(read: Any, reader: str) -> Decoded:
    """Hold what a reader of this name returned to what processors read, and give its characters.

    Raises ContractError, and UnreadableContent for a document without words.
    """
    if not isinstance(read, Document):
        kind = type(read).__name__
        raise ContractError(f"{reader}: read() gave {kind}; it must return the newsdesk.sdk.Document that it read")
    if read.media_type not in READABLE:
        known = ", ".join(sorted(READABLE))
        raise ContractError(f"{reader}: read() gave {_shown(read.media_type)}; a reader must give one of {known}")
    decoded = read.decoded
    if decoded.doubtful:
        raise ContractError(f"{reader}: what read() gave is no {decoded.encoding}; give UTF-8, and say so in charset")
    if not has_words(decoded.text, read.media_type):
        raise UnreadableContent(f"{reader} found no words in this document; send one that has a text")
    return decoded


def _check_data(artifact: Artifact, kind: Kind, where: str) -> None:
    limit = MAX_TEXT_CHARS if kind.name == "text" else MAX_DATA_CHARS
    if _plain_size(artifact.data, (f"{where}: data",), MAX_DEPTH, limit) > limit:
        raise ContractError(
            f"{where}: data has more than {limit:,} characters, which is the limit; find less, or say it shorter"
        )
    if wrong := next(violations(artifact.data, kind.schema), None):
        raise ContractError(f"{where}: {wrong}")


def _plain_size(value: Any, path: _Path, depth: int, limit: int) -> int:
    """The number of characters in a value's strings; raises where the value is not plain JSON.

    Looks no further than the limit: a list that stands ten times in a list, and that in another, is small in memory only.
    """
    if depth == 0:
        raise ContractError(f"{_said(path)} is nested deeper than {MAX_DEPTH} levels, or contains itself")
    if value is None or isinstance(value, bool):
        return 1
    if isinstance(value, str):
        if not is_canonical(value):
            raise ContractError(
                f"{_said(path)} is not canonical text (NUL, control character, not NFC ...); use newsdesk.sdk.canonical"
            )
        return len(value) + 1
    if isinstance(value, (int, float)):
        if not abs(value) <= MAX_NUMBER:
            raise ContractError(f"{_said(path)} is {_shown(value)}; numbers must be finite and no larger than 2^53")
        return 1
    parts: Iterable[tuple[int | str, Any]]
    if isinstance(value, (list, tuple)):
        parts = enumerate(value)
    elif isinstance(value, dict):
        parts = ((_key(key, path), each) for key, each in value.items())
    else:
        raise ContractError(
            f"{_said(path)} is {type(value).__name__}; data must be plain JSON: dict, list, str, int, float, bool, None"
        )
    size = 1
    for name, each in parts:
        size += _plain_size(each, (*path, name), depth - 1, limit - size)
        if size > limit:
            break
    return size


def _said(path: _Path) -> str:
    """A path for a message: put together only where something is wrong, which is hardly ever."""
    return "".join([str(path[0]), *(f"[{each}]" if isinstance(each, int) else f".{each:.60}" for each in path[1:])])


def _key(key: Any, path: _Path) -> str:
    if not isinstance(key, str):
        raise ContractError(f"{_said(path)} has the key {_shown(key)}; keys must be strings")
    if len(key) > MAX_KEY_CHARS or not is_canonical(key):
        raise ContractError(f"{_said(path)} (a key) is not canonical text, or longer than {MAX_KEY_CHARS:,} characters")
    return key


def _shown(value: Any) -> str:
    """A value for a message; some have no repr, such as an int of 5,000 digits."""
    try:
        return f"{value!r:.30}"
    except Exception:
        return f"of type {type(value).__name__}"


def _check_confidence(confidence: Any, where: str) -> None:
    if confidence is None:
        return
    if isinstance(confidence, bool) or not isinstance(confidence, (int, float)) or not 0 <= confidence <= 1:
        raise ContractError(f"{where}: confidence is {_shown(confidence)}; it must be a number from 0 to 1, or None")


def _check_spans(artifact: Artifact, kind: Kind, text: str | None, where: str) -> None:
    spans = artifact.spans
    if not isinstance(spans, tuple) or not all(isinstance(span, Span) for span in spans):
        raise ContractError(f"{where}: spans must be a tuple of newsdesk.sdk.Span")
    if len(spans) > MAX_SPANS:
        raise ContractError(f"{where}: {len(spans):,} spans; the limit is {MAX_SPANS:,}")
    if spans and text is None:
        raise ContractError(f"{where}: spans without a text; yield the text first, or name 'text' in `requires`")
    for number, span in enumerate(spans):
        _check_span(span, len(text or ""), f"{where}: span {number}")
    for role in {span.role for span in spans} - set(kind.roles):
        raise ContractError(f"{where}: span role {role!r}; {kind.name} has {', '.join(map(repr, kind.roles)) or 'no spans'}")
    for role, (least, most) in kind.roles.items():
        count = sum(span.role == role for span in spans)
        if count < least or (most is not None and count > most):
            bounds = f"{least} or more" if most is None else f"{least} to {most}"
            raise ContractError(f"{where}: {count} spans with role {role!r}; must be {bounds}")


def _check_span(span: Span, length: int, where: str) -> None:
    if type(span.start) is not int or type(span.end) is not int:
        raise ContractError(f"{where}: start and end must be int, not {_shown(span.start)} and {_shown(span.end)}")
    if type(span.role) is not str:
        raise ContractError(f"{where}: role must be str, not {_shown(span.role)}")
    if not 0 <= span.start < span.end:
        raise ContractError(f"{where}: start {_shown(span.start)}, end {_shown(span.end)}; must be 0 <= start < end")
    if span.end > length:
        raise ContractError(f"{where}: end {_shown(span.end)} > length {length} of the text; offsets count code points")
