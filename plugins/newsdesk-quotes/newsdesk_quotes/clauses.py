"""From a cue to a claim: which words of the sentence were said, and which words name who said them."""

from dataclasses import dataclass, replace

from newsdesk_quotes import english as language
from newsdesk_quotes.atoms import Atom, Sentence
from newsdesk_quotes.cues import Cue, cues
from newsdesk_quotes.phrases import Stretch, object_phrase, subject

_STOPS = frozenset({".", "!", "?", "…", "..."})
_PAUSES = frozenset({",", "—", "–", "--", ";", "-"})
LEAD = 16
"""Atoms. “said in an interview with a paper on Monday that”: how far the content may stand from its verb."""


@dataclass(frozen=True)
class Claim:
    """Content, source and cue as stretches of one sentence's atoms, and the rule that found them.

    `open` is set where the content must still come: “He continued:” at the end of a paragraph.
    """

    contents: tuple[Stretch, ...]
    source: Stretch | None
    cue: Stretch
    rule: str
    verb: str
    open: bool = False


def claims(sentence: Sentence) -> list[Claim]:
    """What the cues of one sentence say was said, from left to right, each word claimed once."""
    atoms = sentence.atoms
    found: list[Claim] = []
    taken = 0
    listed = cues(atoms)
    for number, cue in enumerate(listed):
        if cue.start < taken:
            continue
        claim = _claim(atoms, cue, listed[number + 1 :], found, taken)
        if claim is None:
            continue
        if claim.rule.startswith("after") and found and found[-1].contents and found[-1].contents[-1][1] > claim.contents[0][0]:
            continue
        found.append(claim)
        taken = max([end for _, end in claim.contents] + [cue.end])
    return found


def _claim(atoms: tuple[Atom, ...], cue: Cue, later: list[Cue], found: list[Claim], taken: int) -> Claim | None:
    if cue.form == "according":
        return _according(atoms, cue, later, taken)
    if cue.form in ("infinitive", "passive"):
        return None
    inverted = _inverted(atoms, cue)
    if inverted:
        return _after(atoms, cue, inverted, cue.start, inverted[1], taken)
    source = subject(atoms, cue.start, taken if not found else max(taken, found[-1].cue[1]))
    if source and _postposed(atoms, cue, source, taken):
        return _after(atoms, cue, source, source[0], cue.end, taken)
    rule = "before"
    if source is None:
        source, rule = _inherited(atoms, cue, found), "before-shared"
        if source is None and cue.form != "finite":
            return None
    return _before(atoms, cue, source, later, rule)


# -- “..., she said” and “..., said the mayor” ------------------------------------------------------------------------


def _inverted(atoms: tuple[Atom, ...], cue: Cue) -> Stretch | None:
    """The subject after its verb: “..., said Jane Doe.”"""
    if cue.start == 0 or cue.form != "finite" or cue.end >= len(atoms) or cue.start != cue.verb_at:
        return None
    before = atoms[cue.start - 1]
    if not before.quoted and before.text not in _PAUSES:
        return None
    phrase = object_phrase(atoms, cue.end)
    if (
        phrase is None
        or atoms[cue.end].lower in language.CLAUSE_WORDS | language.TIMES
        or ("c" not in cue.takes and "q" not in cue.takes)
    ):
        return None
    following = atoms[phrase[1]] if phrase[1] < len(atoms) else None
    ends = following is None or following.quoted or following.text in _STOPS | _PAUSES or not following.capital
    if before.quoted:
        return phrase if ends else None
    if (
        not ends
        or phrase[1] - phrase[0] > 12
        or not (atoms[phrase[0]].capital or atoms[phrase[0]].lower in language.DETERMINERS)
    ):
        return None
    clause = subject(atoms, cue.start)
    return None if clause and clause[0] <= 1 else phrase


def _postposed(atoms: tuple[Atom, ...], cue: Cue, source: Stretch, taken: int) -> bool:
    """Whether the content stands before “she said”: a pause or a quotation before it, and an end or a pause after it."""
    left = source[0] - 1
    if left < taken or not (atoms[left].quoted or atoms[left].text in _PAUSES):
        return False
    if not atoms[left].quoted and not any(atom.is_word or atom.quoted for atom in atoms[taken:left]):
        return False
    right = _skip_times(atoms, cue.end)
    if right >= len(atoms) or atoms[right].text in _STOPS | _PAUSES:
        return True
    if atoms[left].quoted and _speech_before(atoms, left):
        return not any(atom.quoted for atom in atoms[cue.end : cue.end + 3]) and atoms[right].lower != "that"
    return False


def _speech_before(atoms: tuple[Atom, ...], place: int) -> bool:
    """A quotation that ends with a comma or the like waits for its “she said”."""
    quoted = atoms[place].quoted
    return bool(quoted) and place < 3


def _after(atoms: tuple[Atom, ...], cue: Cue, source: Stretch, left: int, right: int, taken: int) -> Claim | None:
    """The content before the attribution, and what goes on after it."""
    end = left
    while end > taken and atoms[end - 1].text in _PAUSES:
        end -= 1
    start = taken
    while start < end and (atoms[start].text in _PAUSES or (atoms[start].lower in ("and",) and start > 0)):
        start += 1
    if start >= end:
        return None
    contents = [_trim(atoms, start, end)]
    rest = _rest(atoms, right, bool(atoms[end - 1].quoted))
    if rest:
        contents.append(rest)
    return Claim(tuple(contents), source, (cue.start, cue.end), "after-split" if rest else "after", cue.verb)


def _rest(atoms: tuple[Atom, ...], start: int, direct: bool) -> Stretch | None:
    """“..., she said, “...””: the second part of a broken quotation, or of a broken clause."""
    if direct:
        place = next((at for at in range(start, min(len(atoms), start + 25)) if atoms[at].quoted), None)
        if place is None:
            return None
        before = atoms[place - 1]
        if before.text not in _PAUSES | {":"} and before.lower not in ("that", "and", "because", "but"):
            return None
        return _trim(atoms, place, place + 1)
    place = _skip_times(atoms, start)
    if place + 2 < len(atoms) and atoms[place].text == "," and not _new_thought(atoms[place + 1]):
        return _trim(atoms, place + 1, _sentence_end(atoms))
    return None


def _new_thought(atom: Atom) -> bool:
    return (
        atom.lower in language.CLAUSE_WORDS | {"in", "with", "following", "during", "citing"}
        or atom.lower.endswith("ing")
        or atom.lower in language.verbs()
    )


# -- “She said that ...” ----------------------------------------------------------------------------------------------


def _inherited(atoms: tuple[Atom, ...], cue: Cue, found: list[Claim]) -> Stretch | None:
    """“..., and added that”, “..., saying that”: the subject that the sentence has already."""
    if cue.start == 0:
        return None
    if found and found[-1].source:
        return found[-1].source
    if atoms[cue.start - 1].text in _PAUSES or atoms[cue.start - 1].lower in ("and", "but", "by") or cue.form == "participle":
        first = object_phrase(atoms, 0)
        return first if first and first[1] <= cue.start and first[1] - first[0] <= 6 else None
    return None


def _before(atoms: tuple[Atom, ...], cue: Cue, source: Stretch | None, later: list[Cue], rule: str) -> Claim | None:
    start = _content_start(atoms, cue)
    if start is None:
        return None
    stop = _sentence_end(atoms)
    if start >= stop:
        ends_open = atoms[-1].text == ":" or (start < len(atoms) and atoms[start].text == ":")
        return Claim((), source, (cue.start, cue.end), "colon", cue.verb, open=True) if ends_open and source else None
    if source is None and not atoms[start].quoted:
        return None
    end = _content_end(atoms, start, stop, later)
    if end <= start:
        return None
    return Claim((_trim(atoms, start, end),), source, (cue.start, cue.end), rule, cue.verb)


def _content_start(atoms: tuple[Atom, ...], cue: Cue) -> int | None:
    """Where the content begins after the verb, past the person addressed, the time and the occasion."""
    place = cue.end
    mark = next((at for at in range(place, min(len(atoms), place + LEAD)) if _announces(atoms, at, place)), None)
    if mark is not None and ("c" in cue.takes or ("q" in cue.takes and (atoms[mark].quoted or atoms[mark].text == ":"))):
        between = atoms[place:mark]
        if not between or _is_lead(between, cue):
            return mark + 1 if atoms[mark].lower in ("that", ":", ",") else mark
    if "c" not in cue.takes and "o" not in cue.takes:
        return None
    if "r" in cue.takes:
        place = _skip_person(atoms, place)
    place = _skip_times(atoms, place)
    if place >= len(atoms):
        return None
    if atoms[place].text in _PAUSES | _STOPS:
        return None
    return place


def _announces(atoms: tuple[Atom, ...], at: int, start: int) -> bool:
    atom = atoms[at]
    return bool(atom.quoted) or atom.lower in ("that", ":") or (at > start and atom.lower in ("how", "why", "whether"))


def _is_lead(between: tuple[Atom, ...], cue: Cue) -> bool:
    """“in a statement on Monday”, “reporters”: what may stand between the verb and “that” or the quotation."""
    first = between[0].lower
    if any(
        atom.lower in language.AUXILIARIES or (atom.lower in language.PRONOUNS - {"it"} and atom.lower != "you")
        for atom in between
    ):
        return False
    if "r" in cue.takes:
        return True
    return (
        first in language.PREPOSITIONS | language.TIMES
        or (first in (",", ":") and len(between) == 1)
        or first in language.ADVERBS
    )


def _skip_person(atoms: tuple[Atom, ...], place: int) -> int:
    phrase = object_phrase(atoms, place)
    return phrase[1] if phrase and phrase[1] - phrase[0] <= 8 and atoms[phrase[0]].lower != "to" else place


def _skip_times(atoms: tuple[Atom, ...], place: int) -> int:
    """Past “on Thursday”, “Monday night”, “in a statement”, “during an interview with the paper”."""
    while place < len(atoms):
        lower = atoms[place].lower
        following = atoms[place + 1].lower if place + 1 < len(atoms) else ""
        if lower in language.TIMES:
            place += 1
            while place < len(atoms) and atoms[place].lower in ("morning", "night", "evening", "afternoon"):
                place += 1
        elif lower in ("on", "in", "last", "this", "at") and following in language.TIMES | language.MONTHS | {
            "week",
            "month",
            "year",
        }:
            place += 2
            while place < len(atoms) and (
                atoms[place].text[0].isdigit() or atoms[place].lower in ("morning", "night", "evening", "afternoon")
            ):
                place += 1
        elif lower in ("in", "during", "at", "via", "on", "to") and following in (
            "a",
            "an",
            "the",
            "his",
            "her",
            "their",
            "twitter",
            "facebook",
            "reporters",
        ):
            stop = place + 1
            while stop < min(len(atoms), place + 14) and atoms[stop].is_word and atoms[stop].lower != "that":
                stop += 1
            if stop >= len(atoms) or atoms[stop].text in _PAUSES | _STOPS or atoms[stop].quoted or atoms[stop].lower == "that":
                place = stop
            else:
                break
        else:
            break
    return place


def _content_end(atoms: tuple[Atom, ...], start: int, stop: int, later: list[Cue]) -> int:
    """The sentence's end, or where another attribution takes over."""
    end = stop
    for cue in later:
        if cue.start <= start or cue.start >= end:
            continue
        before = atoms[cue.start - 1].lower
        if (
            (cue.form == "according" and before == ",")
            or (cue.form == "participle" and before in _PAUSES)
            or (cue.form == "finite" and before in ("and", "but"))
        ):
            end = cue.start - 1
    while end > start and atoms[end - 1].text in _PAUSES:
        end -= 1
    return end


# -- “According to ...” -----------------------------------------------------------------------------------------------


def _according(atoms: tuple[Atom, ...], cue: Cue, later: list[Cue], taken: int) -> Claim | None:
    source = _named_by_according(atoms, cue.end)
    if source is None:
        return None
    place = (cue.start, cue.end)
    before = [at for at in range(taken, cue.start) if atoms[at].is_word or atoms[at].quoted]
    if len(before) > 2:
        return Claim((_trim(atoms, before[0], before[-1] + 1),), source, place, "according-after", cue.verb)
    start = source[1]
    while start < len(atoms) and atoms[start].text in _PAUSES:
        start += 1
    end = _content_end(atoms, start, _sentence_end(atoms), later)
    return Claim((_trim(atoms, start, end),), source, place, "according-before", cue.verb) if end > start else None


def _named_by_according(atoms: tuple[Atom, ...], start: int) -> Stretch | None:
    phrase = object_phrase(atoms, start)
    if phrase is None:
        return None
    end = phrase[1]
    while end < len(atoms) and (atoms[end].is_word or atoms[end].quoted) and atoms[end].lower not in ("when", "while", "but"):
        end += 1
    return start, end


# -- edges ------------------------------------------------------------------------------------------------------------


def _sentence_end(atoms: tuple[Atom, ...]) -> int:
    end = len(atoms)
    while end > 0 and (atoms[end - 1].text in _STOPS | {":"}):
        end -= 1
    return end


def _trim(atoms: tuple[Atom, ...], start: int, end: int) -> Stretch:
    while end > start + 1 and not (atoms[end - 1].is_word or atoms[end - 1].quoted):
        end -= 1
    while start < end - 1 and not (atoms[start].is_word or atoms[start].quoted):
        start += 1
    return start, end


def moved(claim: Claim, **changes: object) -> Claim:
    """The claim with some of its parts replaced."""
    return replace(claim, **changes)
