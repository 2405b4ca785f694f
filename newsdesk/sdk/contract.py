"""What every processor's output must be, whoever wrote it. The same check runs in a plugin's tests and on the desk.

All or nothing: one bad artifact and none of the run is kept, so that a half-right result is never taken for a whole one.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from newsdesk.sdk.artifact import Artifact, Span
from newsdesk.sdk.errors import ContractError
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.processor import Processor
from newsdesk.sdk.schema import violations
from newsdesk.sdk.text import is_canonical

MAX_ARTIFACTS = 50_000
MAX_SPANS = 1_000
MAX_DATA_CHARS = 1_000_000
MAX_TEXT_CHARS = 50_000_000
MAX_DEPTH = 16
MAX_NUMBER = 2**53


def check_artifacts(
    artifacts: Iterable[Artifact], processor: Processor, text: str | None, kinds: Mapping[str, Kind] = KINDS
) -> tuple[Artifact, ...]:
    """The artifacts, each valid and none twice. `text` is the canonical text, or None where this run must provide it.

    Raises ContractError that names the artifact, the rule and the remedy.
    """
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


def _check_data(artifact: Artifact, kind: Kind, where: str) -> None:
    limit = MAX_TEXT_CHARS if kind.name == "text" else MAX_DATA_CHARS
    size = _plain_size(artifact.data, f"{where}: data", MAX_DEPTH)
    if size > limit:
        raise ContractError(f"{where}: data has {size:,} characters; the limit is {limit:,}")
    if wrong := next(violations(artifact.data, kind.schema), None):
        raise ContractError(f"{where}: {wrong}")


def _plain_size(value: Any, path: str, depth: int) -> int:
    """The number of characters in a value's strings; raises where the value is not plain JSON."""
    if depth == 0:
        raise ContractError(f"{path} is nested deeper than {MAX_DEPTH} levels, or contains itself")
    if value is None or isinstance(value, bool):
        return 1
    if isinstance(value, str):
        if not is_canonical(value):
            raise ContractError(
                f"{path} is not canonical text (NUL, control character, not NFC ...); use newsdesk.sdk.canonical"
            )
        return len(value) + 1
    if isinstance(value, (int, float)):
        if not math.isfinite(value) or abs(value) > MAX_NUMBER:
            raise ContractError(f"{path} is {value!r:.30}; numbers must be finite and no larger than 2^53")
        return 1
    if isinstance(value, (list, tuple)):
        return 1 + sum(_plain_size(each, f"{path}[{index}]", depth - 1) for index, each in enumerate(value))
    if isinstance(value, dict):
        return 1 + sum(_pair_size(key, each, path, depth) for key, each in value.items())
    raise ContractError(f"{path} is {type(value).__name__}; data must be plain JSON: dict, list, str, int, float, bool, None")


def _pair_size(key: Any, value: Any, path: str, depth: int) -> int:
    if not isinstance(key, str):
        raise ContractError(f"{path} has the key {key!r:.30}; keys must be strings")
    return _plain_size(key, f"{path} (a key)", depth) + _plain_size(value, f"{path}.{key:.60}", depth - 1)


def _check_confidence(confidence: Any, where: str) -> None:
    if confidence is None:
        return
    if isinstance(confidence, bool) or not isinstance(confidence, (int, float)) or not 0 <= confidence <= 1:
        raise ContractError(f"{where}: confidence is {confidence!r:.30}; it must be a number from 0 to 1, or None")


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
        raise ContractError(f"{where}: start and end must be int, not {span.start!r:.30} and {span.end!r:.30}")
    if not 0 <= span.start < span.end:
        raise ContractError(f"{where}: start {span.start}, end {span.end}; must be 0 <= start < end")
    if span.end > length:
        raise ContractError(f"{where}: end {span.end} > length {length} of the text; offsets count code points")
