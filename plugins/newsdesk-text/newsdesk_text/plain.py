"""Plain text as it came to the canonical text: only blanks and blank lines change, no word does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsdesk.sdk import Artifact, Document, UnreadableContent, canonical

_BLANK_LINES = re.compile(r"\n{3,}")
_ENDS = " \n\ufeff\xa0\u200b\u3000"


@dataclass(frozen=True)
class PlainText:
    name = "plain-text"
    version = "1"
    accepts = ("text/plain",)
    requires = ("content",)
    provides = ("text",)

    def process(self, document: Document) -> Iterator[Artifact]:
        text = tidy(document.decoded.text)
        if not text:
            raise UnreadableContent(f"{document.name} has no text; send a document with words in it")
        yield Artifact("text", {"text": text})


def tidy(text: str) -> str:
    """The text without blanks at line ends, without more than one blank line together, without blanks at its ends."""
    text = "\n".join(line.rstrip() for line in canonical(text).text.split("\n"))
    return canonical(_BLANK_LINES.sub("\n\n", text).strip(_ENDS)).text
