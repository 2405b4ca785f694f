"""Find the words of a decision again in a text that has changed, or say that one cannot tell.

The bar is no silent wrong anchor. What stands in a text may look like what was decided on and be something else: forty
sentences from one template, or the twin of a sentence that was deleted. So a place must win twice: it must resemble the
old place clearly more than any other place in the new text does, and no other place in the old text may explain it as
well. What does not win is asked about. (Quotes with context are those of Web Annotation's TextQuoteSelector.)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from rapidfuzz.distance import OSA, Levenshtein

from newsdesk.review.borders import borders, words_of
from newsdesk.review.folding import Folded
from newsdesk.review.lexicon import is_english, is_word
from newsdesk.review.likeness import CONTEXT, REACH, Likeness, apart, best, likeness, nearby, rival, similar
from newsdesk.sdk import Span

SHORT = 12
"""Quotes with fewer characters are never matched but word for word: "Linus" looks like "chines"."""

TELLING = 40
"""A sentence of so many characters that stands in each text once is the same sentence, wherever it went."""

MAX_CANDIDATES = 3
LIKELY = 0.8
CLEAR, CLOSE = 0.1, 0.05

_VOWELS = frozenset("aeiouyäöüåæøáéíóúàèìòùâêîôû")

Extents = Sequence[tuple[int, int]]
Alike = tuple[Likeness, float | None]
"""A place, and how well another stretch of the old text explains it; None where that was not asked."""


class Found(StrEnum):
    """Whether the words were found, and how surely."""

    SAME = "same"  # word for word, context and all
    MOVED = "moved"  # surely, but words, context or order are not what they were
    AMBIGUOUS = "ambiguous"  # in more places than one, or not surely
    GONE = "gone"


@dataclass(frozen=True)
class Place:
    """Where the spans of a decision stand now; where that is not sure, `spans` is empty and `candidates` may be tried."""

    found: Found
    spans: tuple[Span, ...] = ()
    score: float = 0.0
    candidates: tuple[tuple[Span, ...], ...] = ()

    @property
    def sure(self) -> bool:
        """Whether it may be taken without a question."""
        return self.found in (Found.SAME, Found.MOVED)


GONE = Place(Found.GONE)


class Anchoring:
    """From one text to another. Each text is folded once, however many quotes are looked for."""

    def __init__(self, old: str, new: str) -> None:
        self._texts = old, new

    @cached_property
    def _old(self) -> Folded:
        return Folded(self._texts[0])

    @cached_property
    def _new(self) -> Folded:
        return Folded(self._texts[1])

    def place(self, spans: Sequence[Span]) -> Place:
        """Where these spans stand now. They are looked for as one stretch, and so stay in order and near one another."""
        if not spans or self._texts[0] == self._texts[1]:
            return Place(Found.SAME, tuple(spans), 1.0)
        extents = [self._old.inside(span.start, span.end) for span in spans]
        start, end = min(first for first, _ in extents), max(last for _, last in extents)
        if start >= end or not self._new.text:
            return GONE
        at = self._as_it_was(start, end)
        if at is None:
            return self._likeliest(start, end, extents, spans)
        return Place(
            Found.SAME, self._outside([(first - start + at, last - start + at) for first, last in extents], spans), 1.0
        )

    def place_each(self, spans: Sequence[Span]) -> Place:
        """Where those of these spans stand that are still sure; each is looked for by itself, as names all over a text are."""
        places = [self.place([span]) for span in spans]
        sure = [place for place in places if place.sure]
        if not sure:
            return max(places, key=lambda place: place.score)
        same = len(sure) == len(places) and all(place.found == Found.SAME for place in places)
        standing = tuple(span for place in sure for span in place.spans)
        return Place(Found.SAME if same else Found.MOVED, standing, min(place.score for place in sure))

    def _outside(self, extents: Extents, spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(self._new.outside(first, last, span.role) for (first, last), span in zip(extents, spans, strict=True))

    def _as_it_was(self, start: int, end: int) -> int | None:
        """Where words, context and sentence stand as they did, if they stand so once in either text."""
        old, new = self._old.text, self._new.text
        before = max(0, start - CONTEXT)
        window = old[before : end + CONTEXT]
        at = new.find(window)
        if at < 0 or new.find(window, at + 1) >= 0 or old.find(window) != before or old.find(window, before + 1) >= 0:
            return None
        at += start - before
        first, last = self._old.sentence(start, end, REACH)
        same = old[first:last] == new[max(0, at - (start - first)) : at + (last - start)]
        return at if same else None

    def _likeliest(self, start: int, end: int, extents: Extents, spans: Sequence[Span]) -> Place:
        """Word for word first; look-alikes only where that gave nothing likely, and never for what is short."""
        word_for_word = nearby(self._old.text, start, end, self._new)
        alike = self._unexplained(word_for_word, start, end)
        place = self._decided(alike, start, end, extents, spans)
        if place.sure or place.score >= LIKELY or end - start < SHORT:
            return place
        fuzzy = [each for each in self._similar(start, end) if each not in word_for_word]
        return self._decided(alike + self._unexplained(fuzzy, start, end), start, end, extents, spans)

    def _similar(self, start: int, end: int) -> list[tuple[int, int]]:
        """Stretches that read much like the old one: the best of the text, and those in sentences like the old one."""
        words = self._old.text[start:end]
        first, last = self._old.sentence(start, end, REACH)
        found = best(words, self._new.text, 0.75) + similar(self._old.text[first:last], words, self._new, 0.6)
        return list(dict.fromkeys(self._trimmed(start, end, *each) for each in found))

    def _trimmed(self, start: int, end: int, at: int, to: int) -> tuple[int, int]:
        """The stretch with its borders where the old ones are."""
        first, last = self._aligned(start, end, at, to, [(start, end)])[0]
        return (first, last) if first < last else (at, to)

    def _aligned(self, start: int, end: int, at: int, to: int, extents: Extents) -> list[tuple[int, int]]:
        """Where the borders of stretches went, if `at` to `to` is where `start` to `end` went."""
        left, right = max(0, start - CONTEXT), max(0, at - CONTEXT)
        steps = Levenshtein.opcodes(self._old.text[left : end + CONTEXT], self._new.text[right : to + CONTEXT]).as_list()
        return [
            (right + _across(steps, first - left, opening=True), right + _across(steps, last - left, opening=False))
            for first, last in extents
        ]

    def _unexplained(self, places: Extents, start: int, end: int) -> list[Alike]:
        """What is like the old stretch, with how well another stretch of the old text explains it. What another explains
        better belongs to that one. Of what is far behind the likeliest that is not asked: it is no danger to that."""
        alike = [likeness(self._old, start, end, self._new.text, *place) for place in places]
        likely = sorted(alike, key=lambda each: (-each.score, each.start))[: MAX_CANDIDATES + 1]
        found: list[Alike] = []
        for each in (one for one in likely if one.score >= 0.5):
            if found and found[0][0].score >= LIKELY and each.score < found[0][0].score - CLEAR:
                found.append((each, None))
            elif (other := rival(each, self._old, self._new, start, end)) <= each.score + CLOSE:
                found.append((each, other))
        return found

    def _decided(self, alike: Sequence[Alike], start: int, end: int, extents: Extents, spans: Sequence[Span]) -> Place:
        ranked = apart(alike)
        if not ranked:
            return GONE
        first, other = ranked[0]
        lead = first.score - max(other or 0.0, ranked[1][0].score if len(ranked) > 1 else 0.0)
        placed = self._parts(start, end, first, extents)
        sure = self._sure(first, lead, start, end)
        if sure is not None and placed and self._hold(extents, placed, spans):
            return Place(sure, self._outside(placed, spans), first.score)
        tried = [each for each, other in ranked[:MAX_CANDIDATES] if other is not None or self._is_unexplained(each, start, end)]
        parts = (self._parts(start, end, each, extents) for each in tried)
        candidates = tuple(dict.fromkeys(self._outside(each, spans) for each in parts if each))
        return Place(Found.AMBIGUOUS, (), first.score, candidates) if candidates else GONE

    def _is_unexplained(self, place: Likeness, start: int, end: int) -> bool:
        return rival(place, self._old, self._new, start, end) <= place.score + CLOSE

    def _sure(self, first: Likeness, lead: float, start: int, end: int) -> Found | None:
        """Whether the best may be taken without a question, and whether it is listed for a glance."""
        if first.words == 1 and first.context >= 0.95 and first.sentence >= 0.95 and lead > CLOSE:
            return Found.SAME
        close = end - start >= SHORT or first.context >= 0.9
        if first.score >= LIKELY and first.sentence >= 0.9 and lead > CLEAR and close:
            return Found.MOVED
        begins, ends = self._old.sentence(start, end, REACH)
        sentence = self._old.text[begins:ends].strip()
        once = len(sentence) >= TELLING and all(len(each.found(sentence, 1)) == 1 for each in (self._old, self._new))
        return Found.MOVED if first.sentence == 1 and first.words == 1 and once else None

    def _parts(self, start: int, end: int, place: Likeness, extents: Extents) -> list[tuple[int, int]]:
        """Where the single parts of a finding stand at a place; none where one has vanished."""
        if place.words == 1:
            return [(first - start + place.start, last - start + place.start) for first, last in extents]
        placed = self._aligned(start, end, place.start, place.end, extents)
        return placed if all(first < last for first, last in placed) else []

    def _hold(self, extents: Extents, placed: Extents, spans: Sequence[Span]) -> bool:
        """Whether each part of a finding still says what it said, and stands between the same words."""
        return all(
            self._says(self._old.text[a:b], self._new.text[c:d], span.role)
            and borders(self._old, a, b, span.role).match(borders(self._new, c, d, span.role), self._same_word)
            for (a, b), (c, d), span in zip(extents, placed, spans, strict=True)
        )

    def _says(self, old: str, new: str, role: str) -> bool:
        """Whether a part of a finding still says what it said: the same words, but for slips of the pen. A short name may not
        change at all."""
        one, other = words_of(old), words_of(new)
        same = len(one) == len(other) and all(map(self._same_word, one, other))
        return old == new or (same and (role == "cue" or len(old) >= SHORT))

    def _same_word(self, word: str, other: str) -> bool:
        """Whether a word is the same, or the same but for one slip. A number never has a slip, for 72 is not 12; nor has what
        became a word of its own: legal is not illegal; and US is not us."""
        if word.casefold() == other.casefold():
            return len(word) < 2 or word.isupper() == other.isupper()
        if any(map(str.isdigit, word + other)) or OSA.distance(word, other) > 1:
            return False
        if word[0].isupper():
            return len(word) == len(other) and not self._another_name(word, other) and self._is_english
        now, before = other.casefold(), word.casefold()
        mended = is_word(now) and not is_word(before) and now not in self._vocabulary
        return (mended or not (is_word(now) or now in self._vocabulary)) and self._is_english

    def _another_name(self, name: str, other: str) -> bool:
        """Whether this is the name of somebody else: Ida is not Ada, and Lund is not Lind."""
        vowels = all(
            each.casefold() in _VOWELS for pair in zip(name, other, strict=True) if pair[0] != pair[1] for each in pair
        )
        return vowels or is_word(other.casefold()) or other.casefold() in self._vocabulary

    @cached_property
    def _is_english(self) -> bool:
        return is_english(self._vocabulary)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(map(str.casefold, words_of(self._texts[0])))


def stretches(words: str, text: str, most: int = 20) -> list[tuple[int, int]]:
    """Where these words stand in a text, whatever the blanks and marks; of more than `most`, the first, and one more."""
    folded, wanted = Folded(text), Folded(words.strip()).text
    places = [(at, at + len(wanted)) for at in folded.found(wanted, most)] if wanted else []
    spans = [folded.outside(start, end, "") for start, end in places]
    return [(span.start, span.end) for span in spans]


def from_anchors(spans: Sequence[Span], anchors: Sequence[Mapping[str, str]], new: str) -> Place:
    """Where spans stand, if all that is left of their text is what was kept with the decision: never more than a glance.

    The old text is put together from the words and their contexts; lines that end stand for what nobody knows.
    """
    old = ["\n"] * (max((span.end for span in spans), default=0) + CONTEXT)
    for span, anchor in zip(spans, anchors, strict=True):
        start = span.start - len(anchor["prefix"])
        words = anchor["prefix"] + anchor["exact"] + anchor["suffix"]
        old[start : start + len(words)] = words
    place = Anchoring("".join(old), new).place(spans)
    return replace(place, found=Found.MOVED) if place.found == Found.SAME and spans else place


def _across(steps: Sequence[tuple[str, int, int, int, int]], at: int, *, opening: bool) -> int:
    """The border in the other text; where words were put in just there, they stay outside."""
    for _, first, last, there, to in steps:
        if (first <= at < last) if opening else (first < at <= last):
            return there + at - first if to - there == last - first else (there if opening else to)
    return 0
