"""Text and its paragraphs to notices."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsdesk.sdk import Artifact, Document, Span
from newsdesk_notices.kind import MAX_WORDS_CHARS
from newsdesk_notices.wording import Wording, under_heading, wording

_NEVER = frozenset({"headline", "standfirst", "byline", "dateline"})
"""Roles of paragraphs that say something else, whatever they begin with."""


@dataclass(frozen=True)
class Notices:
    name = "notices"
    version = "1"
    requires = ("text", "paragraph")
    provides = ("notice",)

    def process(self, document: Document) -> Iterator[Artifact]:
        above = ""
        blocks = sorted((each.spans[0], str(each.data["role"])) for each in document.of_kind("paragraph"))
        for span, role in blocks:
            paragraph = span.of(document.text)
            if role not in _NEVER and len(paragraph) <= MAX_WORDS_CHARS:
                found = wording(paragraph) or under_heading(above, paragraph)
                if found:
                    yield _notice(found, paragraph, span)
            above = paragraph


def _notice(found: Wording, paragraph: str, span: Span) -> Artifact:
    data = {"type": found.type, "words": " ".join(paragraph.split()), "rule": found.rule}
    return Artifact("notice", data, (span,), found.confidence)
