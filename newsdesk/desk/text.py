"""An article's text as the page shows it: paragraphs, each cut at every border of a span into flat segments.

Flat, so that spans may overlap without nesting; and joined together, the segments are the text, character by character.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from newsdesk.sdk import BODY_ROLES, Span
from newsdesk.sdk import Artifact as Found

BOILERPLATE = "boilerplate"
_ABOUT_WHOLES = ("boilerplate", "metadata")
"""Findings of these kinds that cover a paragraph are about the whole of it; it then wears the mark, not its words."""

DRAWN = frozenset({"quote", "metadata", "boilerplate", "person", "organisation", "place"})
"""The kinds whose marks have a look of their own; those of plugins share one."""

_ROLE_NAMES = {
    "headline": _("headline"),
    "standfirst": _("standfirst"),
    "byline": _("byline"),
    "dateline": _("dateline"),
    "caption": _("caption"),
    "boilerplate": _("boilerplate"),
    "unassigned": _("no role"),
}
"""What stands beside a paragraph; one of the body, a subhead and a list item say by their look what they are."""


@dataclass(frozen=True)
class Mark:
    """One span of a finding: the finding's number on the page, its kind and state, and what is said where it ends."""

    number: int
    kind: str
    span: Span
    state: str = "open"
    label: str = ""

    @property
    def style(self) -> str:
        """The class that draws it: content, source and cue of a quote look different, whatever their colour."""
        return f"{self.kind}-{self.span.role}" if self.kind in DRAWN else "other-kind"


@dataclass(frozen=True)
class Segment:
    """A stretch of text under the same marks all along."""

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Mark, ...] = ()

    @property
    def numbers(self) -> str:
        """The findings here, as the page's script reads them."""
        return " ".join(dict.fromkeys(str(mark.number) for mark in self.marks))

    @property
    def classes(self) -> str:
        """Styles here, and those that begin or end here."""
        names = [mark.style for mark in self.marks]
        names += [f"{mark.style}-opens" for mark in self.opens] + [f"{mark.style}-closes" for mark in self.closes]
        return " ".join(dict.fromkeys(names))

    @property
    def state(self) -> str:
        """How it stands: open while one of the findings here is, and rejected only if all are."""
        states = {mark.state for mark in self.marks}
        return "open" if "open" in states else "rejected" if states == {"rejected"} else "accepted"

    @property
    def label(self) -> str:
        """What is said after it: who speaks."""
        return ", ".join(dict.fromkeys(mark.label for mark in self.closes if mark.label))


@dataclass(frozen=True)
class Block:
    """One paragraph with its role, and the marks that are about the whole of it."""

    role: str
    segments: tuple[Segment, ...]
    words: int
    marks: tuple[Mark, ...] = ()

    @property
    def numbers(self) -> str:
        """The findings about it, as the page's script reads them."""
        return " ".join(str(mark.number) for mark in self.marks)

    @property
    def may_leave(self) -> bool:
        """Whether a finding says that it is boilerplate; an editor may say no."""
        return any(mark.kind == BOILERPLATE for mark in self.marks)

    @property
    def given_back(self) -> bool:
        """Whether an editor said that it is no boilerplate."""
        return self.may_leave and self.in_body

    @property
    def aside(self) -> str:
        """Its role while it stands beside the body: a caption is set aside too, and stays a caption."""
        return self.role if self.may_leave and not self.in_body else BOILERPLATE

    @property
    def label(self) -> Any:
        """What stands beside it. What may be boilerplate keeps that word ready: a decision changes it in the page."""
        return _ROLE_NAMES.get(self.aside if self.may_leave else self.role, "")

    @property
    def in_body(self) -> bool:
        """Whether a reader would call it part of the article."""
        return self.role in BODY_ROLES


def blocks(text: str, paragraphs: Iterable[Found], marks: Iterable[Mark]) -> list[Block]:
    """The whole text in the order of reading. What no paragraph covers is shown too: nothing of a text is hidden."""
    marks = sorted(marks, key=lambda mark: (mark.span.start, mark.span.end))
    return [_block(text, start, end, role, _touching(marks, start, end)) for start, end, role in _extents(text, paragraphs)]


def body_words(shown: Iterable[Block]) -> int:
    """How many words the body has."""
    return sum(block.words for block in shown if block.in_body)


def _extents(text: str, paragraphs: Iterable[Found]) -> Iterator[tuple[int, int, str]]:
    """Where each paragraph begins and ends, and its role; gaps between them line by line, without a role."""
    at = 0
    for found in sorted(paragraphs, key=lambda each: each.spans[0]):
        span = found.spans[0]
        if span.start < at:
            continue  # two processors may disagree on paragraphs; the first to begin is shown
        yield from _lines(text, at, span.start)
        yield span.start, span.end, found.data["role"]
        at = span.end
    yield from _lines(text, at, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for line in text[start:end].split("\n"):
        if line.strip():
            yield start, start + len(line), "unassigned"
        start += len(line) + 1


def _block(text: str, start: int, end: int, role: str, marks: Sequence[Mark]) -> Block:
    about = tuple(mark for mark in marks if mark.kind in _ABOUT_WHOLES and (mark.span.start, mark.span.end) == (start, end))
    inside = [mark for mark in marks if mark not in about and mark.kind != BOILERPLATE]
    return Block(role, tuple(_segments(text, start, end, inside)), len(text[start:end].split()), about)


def _touching(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    return [mark for mark in marks if mark.span.start < end and mark.span.end > start]


def _segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Segment]:
    borders = {start, end} | {at for mark in marks for at in (mark.span.start, mark.span.end) if start < at < end}
    for first, last in pairwise(sorted(borders)):
        here = tuple(mark for mark in marks if mark.span.start <= first and mark.span.end >= last)
        opens = tuple(mark for mark in here if mark.span.start == first)
        closes = tuple(mark for mark in here if mark.span.end == last)
        yield Segment(text[first:last], here, opens, closes)
