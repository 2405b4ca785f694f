"""The structure of a plain text: what each block is to the article, and why what is not article is not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsdesk.sdk import Artifact, Document, Span
from newsdesk_text.blocks import Block, blocks
from newsdesk_text.bylines import bare_names_of, names_of
from newsdesk_text.chain import Weights, weights
from newsdesk_text.choice import chances, kept
from newsdesk_text.datelines import find_dateline
from newsdesk_text.dates import find_date
from newsdesk_text.features import ends_sentence, width
from newsdesk_text.opening import opening
from newsdesk_text.reasons import reasons
from newsdesk_text.releases import around_release, is_item
from newsdesk_text.wording import Wording

_ITEM = re.compile(r"\s*(?:[-–—•‣◦▪*·]|\(?\d{1,2}[.)])\s+\S")


@dataclass(frozen=True, slots=True)
class Line:
    """A block, its role, how sure that is, and the reason if it is not article."""

    block: Block
    role: str
    confidence: float
    why: Wording | None = None


@dataclass(frozen=True)
class PlainStructure:
    name = "plain-structure"
    version = "1"
    accepts = ("text/plain",)
    requires = ("text",)
    provides = ("paragraph", "boilerplate", "metadata")

    def process(self, document: Document) -> Iterator[Artifact]:
        lines = structure(document.text)
        for line in lines:
            span = (Span(line.block.start, line.block.end, "block"),)
            yield Artifact("paragraph", {"role": line.role}, span, line.confidence)
            if line.why:
                yield Artifact("boilerplate", {"reason": line.why.reason, "rule": line.why.rule}, span, line.confidence)
        yield from metadata(lines)


def structure(text: str, learned: Weights | None = None) -> list[Line]:
    """The lines of a text with their roles, by the weights that ship or by those given."""
    found = blocks(text)
    texts = [block.text for block in found]
    probable = chances(texts, learned or weights())
    release = around_release(texts)
    roles = opening(texts, probable, skipped=release)
    chosen = [keep or i in roles or is_item(texts[i], release) for i, keep in enumerate(kept(texts, probable))]
    dropped = [i in release or not keep for i, keep in enumerate(chosen)]
    whys = [release.get(i, why) for i, why in enumerate(reasons(texts, dropped))]
    lines = []
    for i, (block, chance, why) in enumerate(zip(found, probable, whys, strict=True)):
        if i in roles:
            lines.append(Line(block, roles[i], 0.8))
        elif i in release:
            lines.append(Line(block, "boilerplate", 0.9, release[i]))
        elif why:
            lines.append(Line(block, "caption" if why.reason == "caption" else "boilerplate", _sure(1 - chance), why))
        else:
            lines.append(Line(block, _body_role(texts, i), _sure(chance)))
    return lines


def _sure(chance: float) -> float:
    # the weights know no more than their data: never quite certain
    return round(min(max(chance, 0.5), 0.99), 2)


def _body_role(texts: Sequence[str], i: int) -> str:
    if _ITEM.match(texts[i]):
        return "list-item"
    if width(texts[i]) <= 90 and not ends_sentence(texts[i]) and i + 1 < len(texts) and not texts[i].endswith((",", ";", ":")):
        return "subhead"
    return "body"


def metadata(lines: Sequence[Line]) -> Iterator[Artifact]:
    """What the opening says of the article: each value once, with the place where it stands."""
    seen = set()
    for line in lines:
        for name, value, start, end in _values(line):
            if name not in seen:
                seen.add(name)
                span = Span(line.block.start + start, line.block.start + end, "mention")
                yield Artifact("metadata", {"name": name, "value": value, "evidence": "text"}, (span,), line.confidence)


def _values(line: Line) -> Iterator[tuple[str, str, int, int]]:
    text = line.block.text
    if line.role in ("headline", "standfirst"):
        yield line.role, text, 0, len(text)
    if line.role == "byline" and (names := names_of(text) or bare_names_of(text)):
        yield "byline", text[slice(*names)], *names
    if line.role in ("byline", "dateline") and (date := find_date(text)):
        yield "published", *date
    if line.role == "body" and (dateline := find_dateline(text)):
        yield "dateline", dateline.value, 0, len(dateline.value)
        if dateline.agency:
            yield "publisher", *dateline.agency
        if dateline.published:
            yield "published", *dateline.published
