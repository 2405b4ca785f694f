"""How much a stretch of one text is like a stretch of another: its words, its sentence, and what stands around it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from newsdesk.review.folding import Folded

CONTEXT = 100
"""So many characters on either side are compared. The 32 that are kept with a decision do not tell twins apart: the same
sentence said twice, of which one was deleted."""

REACH = 300
MANY = 20
LOOK_ALIKES = 3
_WORDS, _SENTENCE, _CONTEXT = 0.35, 0.45, 0.1


@dataclass(frozen=True)
class Likeness:
    """How much the stretch from `start` to `end` is like another; 1 is the same. `score` is made of the others."""

    start: int
    end: int
    score: float
    words: float
    sentence: float
    context: float


def likeness(old: Folded, start: int, end: int, new: str, at: int, to: int) -> Likeness:
    """How much `at` to `to` of the new text is like `start` to `end` of the old one."""
    first, last = old.sentence(start, end, REACH)
    before, after = old.text[max(0, start - CONTEXT) : start], old.text[end : end + CONTEXT]
    words = ratio(old.text[start:end], new[at:to])
    sentence = ratio(old.text[first:last], new[max(0, at - (start - first)) : to + (last - end)])
    leading = ratio(before, new[max(0, at - len(before)) : at])
    trailing = ratio(after, new[to : to + len(after)])
    score = _WORDS * words + _SENTENCE * sentence + _CONTEXT * (leading + trailing)
    return Likeness(at, to, score, words, sentence, min(leading, trailing))


def ratio(one: str, other: str) -> float:
    """From 0, nothing in common, to 1, the same."""
    return 1.0 if one == other else fuzz.ratio(one, other) / 100


def nearby(text: str, start: int, end: int, other: Folded) -> list[tuple[int, int]]:
    """Where the same words stand in the other text; if in many places, only where what touches them is the same."""
    words = text[start:end]
    places = other.found(words, MANY)
    if len(places) > MANY:
        before, after = text[max(0, start - 8) : start], text[end : end + 8]
        touched = [at + len(before) for at in other.found(before + words, MANY)] + other.found(words + after, MANY)
        places = list(dict.fromkeys(touched))
    return [(at, at + len(words)) for at in places]


def similar(sentence: str, words: str, text: Folded, least: float, but: int = -1) -> list[tuple[int, int]]:
    """Stretches like these words, in those sentences of a text that are most like this one, `but` for the one there."""
    found = []
    for start in look_alikes(sentence, text, least):
        if start == but:
            continue
        offset = max(0, start - CONTEXT)
        found += best(words, text.text[offset : start + len(text.sentences[start]) + max(CONTEXT, len(words))], 0.6, offset)
    return found


def look_alikes(sentence: str, text: Folded, least: float) -> list[int]:
    """Where those sentences of a text begin that are most like this one. Asked again, as for the next part of a quote or for a
    sentence that stands twice, it is remembered."""
    if (sentence, least) not in text.look_alikes:
        found = process.extract(sentence, text.sentences, scorer=fuzz.ratio, score_cutoff=100 * least, limit=LOOK_ALIKES)
        text.look_alikes[sentence, least] = [start for _, _, start in found]
    return text.look_alikes[sentence, least]


def best(words: str, text: str, least: float, offset: int = 0) -> list[tuple[int, int]]:
    """The stretch of a text that is most like these words, if one is at all."""
    if (at := text.find(words)) >= 0:
        return [(offset + at, offset + at + len(words))]
    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=100 * least) if len(words) <= len(text) else None
    return [(offset + found.dest_start, offset + found.dest_end)] if found else []


def rival(place: Likeness, old: Folded, new: Folded, start: int, end: int) -> float:
    """How well the best of the other stretches of the old text explains this place in the new one.

    Sentences that are too unlike to come near are not looked at.
    """
    words = new.text[place.start : place.end]
    first, last = new.sentence(place.start, place.end, REACH)
    least = max(0.6, (place.score - _WORDS - 2 * _CONTEXT - 0.1) / _SENTENCE - 0.1)
    own = old.sentence(start, end, REACH)[0]  # in which the old stretch itself is what is most like it
    others = nearby(new.text, place.start, place.end, old) + similar(new.text[first:last], words, old, least, but=own)
    scores = (
        likeness(old, at, to, new.text, place.start, place.end).score
        for at, to in dict.fromkeys(others)
        if to <= start or at >= end
    )
    return max(scores, default=0.0)


def apart(ranked: Iterable[tuple[Likeness, float | None]]) -> list[tuple[Likeness, float | None]]:
    """Of places that overlap, the best; the others are the same place with other borders."""
    kept: list[tuple[Likeness, float | None]] = []
    for each in sorted(ranked, key=lambda one: (-one[0].score, one[0].start)):
        if all(each[0].end <= other.start or each[0].start >= other.end for other, _ in kept):
            kept.append(each)
    return kept
