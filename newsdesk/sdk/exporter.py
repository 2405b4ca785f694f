"""What leaves: an article as a record, and the exporters that write records in a format."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from newsdesk.sdk.artifact import Artifact


@dataclass(frozen=True)
class Finding:
    """An artifact, who found it, and what an editor decided of it (None: nobody has yet).

    `verdict` is "accept", "correct" or "add"; what was rejected is not in a record. `needs_look` is set where a newer version
    finds it otherwise, and an editor is still to say which holds.
    """

    artifact: Artifact
    processor: str
    version: str
    verdict: str | None = None
    decided_by: str | None = None
    decided_at: str | None = None
    needs_look: bool = False

    def to_plain(self) -> dict[str, Any]:
        """As a JSON-plain dictionary; the decision's keys are there only if there is a decision."""
        plain = {**self.artifact.to_plain(), "processor": self.processor, "version": self.version}
        if self.verdict is not None:
            plain |= {"verdict": self.verdict, "decided_by": self.decided_by, "decided_at": self.decided_at}
        if self.needs_look:
            plain["needs_look"] = True
        return plain


@dataclass(frozen=True)
class Record:
    """One article as clients get it: `document` identifies it, `text` is what spans point into, `body` the article."""

    document: Mapping[str, Any]
    text: str
    body: str
    findings: tuple[Finding, ...] = ()
    runs: tuple[Mapping[str, Any], ...] = field(default=())

    def to_plain(self) -> dict[str, Any]:
        """As a JSON-plain dictionary, in the form of the JSON lines format."""
        return {
            "document": dict(self.document),
            "text": self.text,
            "body": self.body,
            "artifacts": [finding.to_plain() for finding in self.findings],
            "runs": [dict(run) for run in self.runs],
        }


@runtime_checkable
class Exporter(Protocol):
    """Writes records in one format. `suffix` is the file's ending with its dot."""

    name: str
    version: str
    media_type: str
    suffix: str

    def export(self, records: Iterable[Record]) -> Iterator[bytes]:
        """The file, piece by piece. Records come one by one: keep none, and the archive may be of any size."""
        ...
