"""A document on its way through the plan: what it came as, and what each run has found in it so far."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from newsdesk.pipeline.findings import Entry, Findings
from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.document import Document


@dataclass(frozen=True)
class Dossier:
    """`document` as it came, and what was found in it, by whoever found it. Never changed."""

    document: Document
    found: tuple[tuple[str, Findings], ...] = ()

    @classmethod
    def open(cls, document: Document) -> "Dossier":
        """The dossier of a document that may have been looked at before."""
        if not document.artifacts:
            return cls(document)  # as it is, with what was worked out of it already
        return cls(replace(document, artifacts=()), (("", Findings.of(document.artifacts)),))

    def with_findings(self, finder: str, findings: Findings) -> "Dossier":
        """This dossier with what one more run found."""
        return Dossier(self.document, (*self.found, (finder, findings)))

    @cached_property
    def text(self) -> str | None:
        """The canonical text, or None while nobody has provided one."""
        return next((str(data["text"]) for data, *_ in self.entries("text")), None)

    def entries(self, *kinds: str) -> Iterator[Entry]:
        """The findings of these kinds, as entries."""
        return (entry for kind in kinds for _, findings in self.found for entry in findings.entries(kind))

    def segments(self, kind: str) -> Iterator[bytes]:
        """The JSON of each run's findings of a kind, as they were written."""
        return (findings.segment(kind) for _, findings in self.found if findings.count(kind))

    def count(self, kind: str) -> int:
        """How many findings there are of a kind."""
        return sum(findings.count(kind) for _, findings in self.found)

    def digests(self, kind: str) -> list[str]:
        """The digest of each run's findings of a kind, less those of runs that found none."""
        return [findings.digest(kind) for _, findings in self.found if findings.count(kind)]

    def view(self, kinds: Iterable[str]) -> Document:
        """The document with no more than these kinds in it."""
        wanted = frozenset(kinds)
        return self._with(wanted).view(wanted)

    @cached_property
    def whole(self) -> Document:
        """The document with all that was found."""
        return replace(self.document, artifacts=tuple(each for _, findings in self.found for each in findings.artifacts))

    def _with(self, kinds: frozenset[str]) -> Document:
        artifacts: tuple[Artifact, ...] = tuple(each for _, findings in self.found for each in findings.of_kinds(kinds))
        return replace(self.document, artifacts=artifacts)
