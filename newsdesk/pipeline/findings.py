"""What a run found, by kind, in the form in which it is sent, digested and stored; artifacts only where somebody asks.

A page has hundreds of findings, which are written once and read together. So they travel and lie as one piece of bytes,
and the house spends its time on processors rather than on making objects of what it only passes on.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import islice
from typing import Any

from newsdesk.sdk.artifact import Artifact, Span
from newsdesk.sdk.contract import MAX_ARTIFACTS, check_artifacts
from newsdesk.sdk.errors import ContractError
from newsdesk.sdk.processor import Processor

Entry = list[Any]
"""One finding: its data, its spans as lists of start, end and role, and its confidence."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


class Findings:
    """The findings of one run, never changed. `segments` has for each kind the JSON of the list of its entries."""

    def __init__(self, segments: Mapping[str, bytes] | None = None, counts: Mapping[str, int] | None = None) -> None:
        self._segments = dict(segments or {})
        self._counts = dict(counts or {})
        self._entries: dict[str, list[Entry]] = {}
        self._digests: dict[str, str] = {}

    @classmethod
    def of(cls, artifacts: Iterable[Artifact]) -> "Findings":
        """These artifacts, by kind. Raises AttributeError, TypeError or ValueError for what can be no artifact."""
        by_kind: dict[str, list[str]] = {}
        said: dict[object, str] = {}
        for each in artifacts:
            by_kind.setdefault(each.kind, []).append(_written(each, said))
        segments = {kind: f"[{','.join(entries)}]".encode() for kind, entries in by_kind.items()}
        return cls(segments, {kind: len(entries) for kind, entries in by_kind.items()})

    @classmethod
    def of_entries(cls, by_kind: Mapping[str, list[Entry]]) -> "Findings":
        """These entries, by kind."""
        segments = {kind: _encode(entries).encode() for kind, entries in by_kind.items()}
        return cls(segments, {kind: len(entries) for kind, entries in by_kind.items()})

    @classmethod
    def unpack(cls, index: Any, payload: bytes) -> "Findings":
        """The inverse of `pack`. Raises ValueError for what that cannot have made."""
        if not isinstance(index, list) or not all(isinstance(each, list) and len(each) == 3 for each in index):
            raise ValueError("findings must be announced by kind, count and length")
        segments, counts, position = {}, {}, 0
        for kind, count, length in index:
            if type(kind) is not str or type(count) is not int or type(length) is not int or count < 0 or length < 0:
                raise ValueError("findings must be announced by kind, count and length")
            segments[kind], counts[kind] = payload[position : position + length], count
            position += length
        if position != len(payload) or len(segments) != len(index):
            raise ValueError(f"{len(payload)} bytes of findings where {position} were announced")
        return cls(segments, counts)

    def pack(self) -> tuple[list[list[Any]], bytes]:
        """For each kind its name, its count and its length in bytes; and the bytes of all of them."""
        index = [[kind, self._counts[kind], len(self._segments[kind])] for kind in self.kinds]
        return index, b"".join(self._segments[kind] for kind in self.kinds)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Findings":
        """The inverse of `to_bytes`. Raises ValueError for what that cannot have made."""
        index, _, payload = data.partition(b"\n")
        return cls.unpack(json.loads(index), payload)

    def to_bytes(self) -> bytes:
        """One piece of bytes: a line that says what is in it, and the segments."""
        index, payload = self.pack()
        return _encode(index).encode() + b"\n" + payload

    def __len__(self) -> int:
        return sum(self._counts.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Findings) and self._segments == other._segments

    __hash__ = None  # type: ignore[assignment]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of which something was found, in the order in which places are counted."""
        return tuple(sorted(self._segments))

    def count(self, kind: str) -> int:
        """How many there are of a kind."""
        return self._counts.get(kind, 0)

    def segment(self, kind: str) -> bytes:
        """The JSON of a kind's entries."""
        return self._segments[kind]

    def entries(self, kind: str) -> list[Entry]:
        """The findings of a kind, in the order in which they were found. Raises ValueError where there are others than said."""
        if kind not in self._segments:
            return []
        if kind not in self._entries:
            self._entries[kind] = self._parsed(kind)
        return self._entries[kind]

    def _parsed(self, kind: str) -> list[Entry]:
        try:
            entries = json.loads(self._segments[kind])
        except RecursionError as error:
            raise ValueError(f"{kind} is nested too deeply") from error
        if not isinstance(entries, list) or len(entries) != self._counts[kind]:
            raise ValueError(f"{kind} is not the list of {self._counts[kind]} findings that it was announced to be")
        return entries

    def digest(self, kind: str) -> str:
        """The SHA-256 over all that was found of a kind, data, spans, confidence and order: equal for equal findings."""
        if kind not in self._digests:
            self._digests[kind] = hashlib.sha256(self._segments.get(kind, b"[]")).hexdigest()
        return self._digests[kind]

    def without(self, repeated: Mapping[str, set[int]]) -> "Findings":
        """These findings, less those at the given places of their kinds."""
        by_kind = {
            kind: [entry for place, entry in enumerate(self.entries(kind)) if place not in repeated.get(kind, ())]
            for kind in self.kinds
        }
        return Findings.of_entries(by_kind)

    @cached_property
    def artifacts(self) -> tuple[Artifact, ...]:
        """All findings as artifacts: kinds by name, and each kind in the order in which it was found."""
        return self.of_kinds(self.kinds)

    def of_kinds(self, kinds: Iterable[str]) -> tuple[Artifact, ...]:
        """Artifacts of these kinds that are the caller's own, to the last list in their data."""
        wanted = set(kinds)
        return tuple(artifact(kind, entry) for kind in self.kinds if kind in wanted for entry in self._parsed(kind))


def artifact(kind: str, entry: Entry) -> Artifact:
    """An entry as an artifact. Raises TypeError or ValueError for what is no entry."""
    data, spans, confidence = entry
    return Artifact(kind, data, tuple(Span(start, end, role) for start, end, role in spans), confidence)


def _written(artifact: Artifact, said: dict[object, str]) -> str:
    """The JSON of an artifact's entry, as `_encode` writes it. Most of a page's say what one before `said`, elsewhere."""
    spans, confidence = artifact.spans, artifact.confidence
    if len(spans) == 1 and type(confidence) is float and 0 <= confidence <= 1:
        (span,) = spans
        start, end, role = span.start, span.end, span.role
        if type(start) is int and type(end) is int and type(role) is str:
            named = said.get(role) or said.setdefault(role, _encode(role))
            return f"[{_data(artifact.data, said)},[[{start},{end},{named}]],{confidence!r}]"
    return _encode([artifact.data, [[span.start, span.end, span.role] for span in spans], confidence])


def _data(data: Mapping[str, Any], said: dict[object, str]) -> str:
    key = tuple(data.items())
    try:
        written = said.get(key)
    except TypeError:  # a list or an object is in it
        return _encode(data)
    if written is None:
        written = _encode(data)
        if all(type(value) is str for value in data.values()):  # 1 and True are equal, but no two strings that differ are
            said[key] = written
    return written


def gather(artifacts: Iterable[Artifact], processor: Processor, text: str | None) -> Findings:
    """All that a processor yields, not yet held to the contract. Raises what it raises, and ContractError for no JSON."""
    if not isinstance(artifacts, Iterable):
        check_artifacts(artifacts, processor, text)
    found = list(islice(artifacts, MAX_ARTIFACTS + 1))
    try:
        return Findings.of(found)
    except (AttributeError, TypeError, ValueError, RecursionError) as error:
        check_artifacts(found, processor, text)  # it knows what to say of most that has no JSON
        raise ContractError(f"{processor.name} found what has no JSON: {type(error).__name__}: {error}") from error
