"""What a processor finds: a kind, its data, and the places in the text where it stands."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the canonical text.

    `start` and `end` count Unicode code points (what `len` and slices count in Python); `end` is excluded.
    `role` says what the stretch is to its artifact, such as "content" or "source".
    """

    start: int
    end: int
    role: str = "mention"

    def of(self, text: str) -> str:
        """The words under this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finding. `data` is plain JSON that the kind's schema allows; `confidence` is 0 to 1, or None if not said."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    confidence: float | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 (hexadecimal) of kind, data and spans: equal for equal findings, whoever found them, however sure."""
        spans = [[span.start, span.end, span.role] for span in self.spans]
        return hashlib.sha256(canonical_json([self.kind, self.data, spans])).hexdigest()

    def spans_of(self, role: str) -> tuple[Span, ...]:
        """The spans with this role, in the order given."""
        return tuple(span for span in self.spans if span.role == role)

    def to_plain(self) -> dict[str, Any]:
        """As a JSON-plain dictionary, in the form of the exchange formats."""
        return {
            "kind": self.kind,
            "data": dict(self.data),
            "confidence": self.confidence,
            "spans": [{"start": span.start, "end": span.end, "role": span.role} for span in self.spans],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Artifact":
        """The inverse of `to_plain`; keys that it does not know are left aside."""
        spans = tuple(Span(span["start"], span["end"], span["role"]) for span in plain["spans"])
        return cls(plain["kind"], plain["data"], spans, plain["confidence"])


def canonical_json(value: Any) -> bytes:
    """The one JSON text of a plain value: sorted keys, no blanks, UTF-8. Digests are taken over it."""
    return _encode(value).encode()


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode
