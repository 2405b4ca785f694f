"""The processor: a document's paragraphs to attributed quotes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from newsdesk.sdk import Artifact, Document, Span, option
from newsdesk_quotes.confidence import confidence
from newsdesk_quotes.findings import Finding, Paragraph, Place, findings
from newsdesk_quotes.headlines import with_headlines
from newsdesk_quotes.marks import Quoted
from newsdesk_quotes.speakers import speakers

ROLES = frozenset({"headline", "standfirst", "body", "subhead", "list-item", "caption"})
"""The roles of the paragraphs that are read. Boilerplate, bylines and datelines say nothing in anybody's name."""
LONGEST = 9_000
"""Characters. A quotation that is longer is a document of its own; the kind `quote` takes 10,000."""

MOST = 40_000
"""Findings. A text with more is no article, and the house takes no more than 50,000 from one run."""


@dataclass(frozen=True)
class QuoteAttributor:
    """Finds who said what: direct, mixed and indirect quotes with their source, cue and speaker."""

    name = "quotes"
    version = "1"
    requires = ("text", "paragraph")
    provides = ("quote",)
    min_confidence: float = option(
        0.0,
        title="Least confidence",
        help="Leaves out the findings of rules that are right less often than this; 0 leaves out none.",
        minimum=0,
        maximum=1,
    )

    def process(self, document: Document) -> Iterator[Artifact]:
        text = document.text
        paragraphs = [
            Paragraph(artifact.spans[0].start, artifact.spans[0].end, artifact.data["role"])
            for artifact in sorted(document.of_kind("paragraph"), key=lambda each: each.spans[0])
            if artifact.data["role"] in ROLES
        ]
        found = with_headlines(text, paragraphs, findings(text, paragraphs))[:MOST]
        for finding, speaker in zip(found, speakers(text, paragraphs, found), strict=True):
            artifact = _artifact(text, finding, speaker)
            if artifact and (artifact.confidence or 0.0) >= self.min_confidence:
                yield artifact


def _artifact(text: str, finding: Finding, speaker: dict[str, Any] | None) -> Artifact | None:
    kind = quote_type(text, finding)
    quotation = " ".join(_words(text, place, finding if kind == "mixed" else None) for place in finding.contents)
    if (
        not any(char.isalnum() for char in quotation)
        or len(quotation) > LONGEST
        or (kind == "indirect" and " " not in quotation)
    ):
        return None
    spans = [Span(start, end, "content") for start, end in finding.contents]
    spans += [Span(*place, "source") for place in [*([finding.source] if finding.source else []), *finding.more_sources]]
    spans += [Span(*place, "cue") for place in [*([finding.cue] if finding.cue else []), *finding.more_cues]]
    data = {"type": kind, "quotation": quotation, "speaker": speaker, "rule": finding.rule}
    return Artifact("quote", data, tuple(spans), confidence(finding.rule, kind, finding.source is not None))


def _words(text: str, content: Place, marked: Finding | None) -> str:
    """The words of one part, folded, without the comma that belongs to the attribution and the marks of a mixed quote."""
    start, end = content
    kept, position = [], start
    for each in _inside(marked, content) if marked else ():
        if start <= each.outer_start and each.outer_end <= end:
            kept += [text[position : each.outer_start], text[each.start : each.end]]
            position = each.outer_end
    return " ".join("".join([*kept, text[position:end]]).split()).rstrip(",").rstrip()


def _inside(finding: Finding, content: Place) -> list[Quoted]:
    """The finding's quotations, which stand in order, as far as they touch one part of its content."""
    left = bisect_left(finding.quotations, content[0], key=lambda each: each.end)
    return finding.quotations[left : bisect_right(finding.quotations, content[1], key=lambda each: each.start)]


def quote_type(text: str, finding: Finding) -> str:
    """direct: every word of the content stands between marks; indirect: none does; mixed: some do."""
    if finding.rule == "turn" and not any(each.outer_start < finding.contents[0][0] for each in finding.quotations):
        return "indirect"  # layout marks it, and the marks within belong to others
    inside = outside = 0
    for start, end in finding.contents:
        within = sum(max(0, min(each.end, end) - max(each.start, start)) for each in _inside(finding, (start, end)))
        inside += within
        outside += sum(char.isalnum() for char in text[start:end]) if not within else int(within < end - start - 2)
    return "indirect" if not inside else "mixed" if outside else "direct"
