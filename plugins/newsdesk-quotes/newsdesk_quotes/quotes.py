"""The processor: a document's paragraphs to attributed quotes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from newsdesk.sdk import Artifact, Document, Span
from newsdesk_quotes.confidence import confidence
from newsdesk_quotes.findings import Finding, Paragraph, findings
from newsdesk_quotes.speakers import speakers

ROLES = frozenset({"headline", "standfirst", "body", "subhead", "list-item", "caption"})
"""The roles of the paragraphs that are read. Boilerplate, bylines and datelines say nothing in anybody's name."""
LONGEST = 9_000
"""Characters. A quotation that is longer is a document of its own; the kind `quote` takes 10,000."""

MOST = 40_000
"""Findings. A text with more is no article, and the house takes no more than 50,000 from one run."""


@dataclass(frozen=True)
class QuoteAttributor:
    """Finds who said what: direct, mixed and indirect quotes with their source, cue and speaker.

    `min_confidence` leaves out the findings of rules that are right less often than that.
    """

    name = "quotes"
    version = "1"
    requires = ("text", "paragraph")
    provides = ("quote",)
    min_confidence: float = 0.0

    def process(self, document: Document) -> Iterator[Artifact]:
        text = document.text
        paragraphs = [
            Paragraph(artifact.spans[0].start, artifact.spans[0].end, artifact.data["role"])
            for artifact in sorted(document.of_kind("paragraph"), key=lambda each: each.spans[0])
            if artifact.data["role"] in ROLES
        ]
        found = findings(text, paragraphs)[:MOST]
        for finding, speaker in zip(found, speakers(text, paragraphs, found), strict=True):
            artifact = _artifact(text, finding, speaker)
            if artifact and (artifact.confidence or 0.0) >= self.min_confidence:
                yield artifact


def _artifact(text: str, finding: Finding, speaker: dict[str, Any] | None) -> Artifact | None:
    quotation = " ".join(" ".join(text[start:end].split()) for start, end in finding.contents)
    kind = quote_type(text, finding)
    if (
        not any(char.isalnum() for char in quotation)
        or len(quotation) > LONGEST
        or (kind == "indirect" and " " not in quotation)
    ):
        return None
    spans = [Span(start, end, "content") for start, end in finding.contents]
    spans += [Span(*finding.source, "source")] if finding.source else []
    spans += [Span(*finding.cue, "cue")] if finding.cue else []
    data = {"type": kind, "quotation": quotation, "speaker": speaker, "rule": finding.rule}
    return Artifact("quote", data, tuple(spans), confidence(finding.rule, kind, finding.source is not None))


def quote_type(text: str, finding: Finding) -> str:
    """direct: every word of the content stands between marks; indirect: none does; mixed: some do."""
    inside = outside = 0
    for start, end in finding.contents:
        within = sum(max(0, min(each.end, end) - max(each.start, start)) for each in finding.quotations)
        inside += within
        outside += sum(char.isalnum() for char in text[start:end]) if not within else int(within < end - start - 2)
    return "indirect" if not inside else "mixed" if outside else "direct"
