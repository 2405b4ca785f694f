"""From a cue to a claim: which words of the sentence were said, and which words name who said them."""

from dataclasses import dataclass, replace

from newsdesk_quotes import english as language
from newsdesk_quotes.atoms import Atom, Sentence
from newsdesk_quotes.cues import Cue, cues
from newsdesk_quotes.phrases import DASHES, REACH, Stretch, main_subject, object_phrase, subject

_STOPS = frozenset({".", "!", "?", "…", "..."})
_PAUSES = DASHES | {",", ";"}
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
    signed = _signed(atoms)
    if signed:
        return [signed]
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
    introduced = _introduced(atoms, found)
    return [*found, introduced] if introduced else found


def _signed(atoms: tuple[Atom, ...]) -> Claim | None:
    """“...” — Jane Doe, Springfield"""
    place = next((at for at, atom in enumerate(atoms[:-2]) if atom.quoted and atoms[at + 1].text in DASHES), None)
    if place is None or not atoms[place + 2].capital or len(atoms) - place > 16 or cues(atoms[place + 2 :]):
        return None
    end = _sentence_end(atoms)
    if any(not atom.is_word and atom.text not in (",", ".", "(", ")") for atom in atoms[place + 2 : end]) or place > 1:
        return None
    return Claim(((place, place + 1),), (place + 2, end), (place + 1, place + 2), "signed", "—")


def _introduced(atoms: tuple[Atom, ...], found: list[Claim]) -> Claim | None:
    """“Doe turned to the crowd: “...””: a quotation after a colon belongs to the first who is named before it."""
    place = next((at for at in range(1, len(atoms)) if atoms[at].quoted and atoms[at - 1].text == ":"), None)
    if place is None or any(start <= place < end for claim in found for start, end in claim.contents):
        return None
    floor = max((claim.cue[1] for claim in found if claim.cue[1] < place), default=0)
    for at in range(max(floor, place - REACH), place - 1):
        if atoms[at].lower in ("he", "she", "they"):
            return Claim(((place, place + 1),), (at, at + 1), (place - 1, place), "introduced", ":")
        if atoms[at].capital and atoms[at].lower not in language.FUNCTION_WORDS:
            end = at + 1
            while atoms[end].capital:
                end += 1
            return Claim(((place, place + 1),), (at, end), (place - 1, place), "introduced", ":")
    return None


def _claim(atoms: tuple[Atom, ...], cue: Cue, later: list[Cue], found: list[Claim], taken: int) -> Claim | None:
    if cue.form == "according":
        return _according(atoms, cue, later, taken)
    if cue.form in ("infinitive", "passive"):
        return None
    if cue.start == 0:
        return _opening(atoms, cue)
    inverted = _inverted(atoms, cue)
    if inverted:
        return _after(atoms, cue, inverted, cue.start, inverted[1], taken)
    between = _between(atoms, cue, taken)
    if between:
        return _after(atoms, cue, between, between[0], cue.end, taken)
    shared = cue.form == "participle" and cue.start > 0 and atoms[cue.start - 1].text in _PAUSES
    source = None if shared else subject(atoms, cue.start, taken if not found else max(taken, found[-1].cue[1]))
    if source and _postposed(atoms, cue, source, taken):
        return _after(atoms, cue, source, source[0], cue.end, taken)
    rule = "before"
    if source is None:
        source, rule = _inherited(atoms, cue, found), "before-shared"
        if source is None and cue.form != "finite":
            return None
    return _before(atoms, cue, source, later, rule)


# -- “..., she said” and “..., said the mayor” ------------------------------------------------------------------------


def _opening(atoms: tuple[Atom, ...], cue: Cue) -> Claim | None:
    """“Said Jane Doe: “...””"""
    phrase = object_phrase(atoms, cue.end)
    if phrase is None or phrase[1] >= len(atoms) or atoms[phrase[1]].text not in (":", ","):
        return None
    place = phrase[1] + 1
    if place < len(atoms) and atoms[place].quoted:
        return Claim(((place, place + 1),), phrase, (cue.start, cue.end), "opening", cue.verb)
    return None


def _inverted(atoms: tuple[Atom, ...], cue: Cue) -> Stretch | None:
    """The subject after its verb: “..., said Jane Doe.”"""
    if cue.form != "finite" or cue.end >= len(atoms) or cue.start != cue.verb_at or cue.start == 0:
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
    name = next((at for at, atom in enumerate(atoms) if atom.text == ","), len(atoms))
    named = name <= 5 and all(atom.capital for atom in atoms[:name])
    clause = subject(atoms, cue.start)
    return (
        None
        if clause
        and clause[0] <= 1
        and (named or any(atom.lower in language.AUXILIARIES for atom in atoms[phrase[0] : phrase[1]]))
        else phrase
    )


def _postposed(atoms: tuple[Atom, ...], cue: Cue, source: Stretch, taken: int) -> bool:
    """Whether the content stands before “she said”: a pause or a quotation before it, and an end or a pause after it."""
    left = source[0] - 1
    while left > taken and atoms[left].text in DASHES:
        left -= 1
    if left < taken or not (atoms[left].quoted or atoms[left].text in _PAUSES):
        return False
    right = _skip_times(atoms, _skip_person(atoms, cue.end) if "r" in cue.takes else cue.end)
    ends = right >= len(atoms) or atoms[right].text in _STOPS | _PAUSES
    if atoms[left].quoted:
        waits = _waits(atoms[left])
        if right < len(atoms) and (atoms[right].lower == "that" or atoms[right].quoted):
            return waits and bool(atoms[right].quoted)
        return ends or waits
    words = [atom for atom in atoms[taken:left] if atom.is_word or atom.quoted]
    if not words:
        return False
    if ends:
        return True
    leads = words[0].lower in language.PREPOSITIONS | {
        "when",
        "while",
        "if",
        "as",
        "last",
        "earlier",
        "later",
        "asked",
        "although",
    }
    goes_on = any(atom.lower == "that" or atom.quoted for atom in atoms[right:])
    return len(words) > 4 and not leads and not goes_on and atoms[right].lower in language.TRAILERS


def _waits(atom: Atom) -> bool:
    """A quotation that ends with a comma, a question or an exclamation waits for its “she said”."""
    return atom.text[1] in ",?!…—–-"


def _between(atoms: tuple[Atom, ...], cue: Cue, taken: int) -> Stretch | None:
    """All that stands between a waiting quotation and the verb: “...,” Jane Doe, the mayor of Springfield since May, said."""
    place = cue.start - 1
    while place >= max(taken, cue.start - REACH) and not atoms[place].quoted:
        if atoms[place].text in (":", ";"):
            return None
        place -= 1
    if place < taken or not atoms[place].quoted or not _waits(atoms[place]):
        return None
    start, end = place + 1, cue.start
    while start < end and not atoms[start].is_word:
        start += 1
    while end > start and atoms[end - 1].text in DASHES:
        end -= 1
    if start >= end or atoms[start].lower in language.CLAUSE_WORDS | language.PREPOSITIONS | language.AUXILIARIES:
        return None
    return (start, end) if atoms[start].capital or atoms[start].lower in language.DETERMINERS | language.PRONOUNS else None


def _after(atoms: tuple[Atom, ...], cue: Cue, source: Stretch, left: int, right: int, taken: int) -> Claim | None:
    """The content before the attribution, and what goes on after it."""
    end = left
    while end > taken and atoms[end - 1].text in _PAUSES:
        end -= 1
    start = taken
    while start < end and (atoms[start].text in _PAUSES or (atoms[start].lower in ("and",) and start > 0)):
        start += 1
    if end - 2 >= start and atoms[end - 1].quoted and atoms[end - 2].text == ":":
        start = end - 1
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
        return main_subject(atoms, 0, cue.start)
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
    if atoms[start].quoted and ("c" not in cue.takes or atoms[start].text[1] in ",.!?…"):
        end = start + 1
    else:
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
    elif place < len(atoms) and atoms[place].lower in ("him", "her", "them", "me", "us"):
        place += 1
    place = _skip_times(atoms, place)
    if place >= len(atoms):
        return None
    if atoms[place].text == "," and cue.start > 1 and _as_told(atoms, cue):
        return place + 1
    if atoms[place].text in _PAUSES | _STOPS:
        return None
    if "l" in cue.takes and not _clausal(atoms, place):
        return None
    return place


def _as_told(atoms: tuple[Atom, ...], cue: Cue) -> bool:
    """“As the paper reported, ...”"""
    return any(atom.lower == "as" for atom in atoms[max(0, cue.start - 8) : cue.start])


def _clausal(atoms: tuple[Atom, ...], start: int) -> bool:
    """Whether a clause begins here, and not only a noun: “claimed it was his”, not “claimed victory”."""
    for atom in atoms[start : start + 14]:
        if (
            atom.quoted
            or atom.lower in language.AUXILIARIES
            or atom.lower in ("he", "she", "they", "it", "we", "i", "there", "to")
        ):
            return True
        if atom.text in _PAUSES | _STOPS:
            return False
    return False


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
        elif cue.form == "finite" and (joint := _joint(atoms, cue, start)):
            end = joint
    while end > start and atoms[end - 1].text in _PAUSES:
        end -= 1
    return end


def _joint(atoms: tuple[Atom, ...], cue: Cue, start: int) -> int | None:
    """Where “..., but she noted” leaves what was said before."""
    own = subject(atoms, cue.start, start)
    if own is None or own[0] - 1 <= start:
        return None
    place = own[0] - 1
    if atoms[place].lower not in ("and", "but", "though", "although", "while", "whereas", "as", "even"):
        return None
    while place - 1 > start and atoms[place - 1].lower in ("even", "and"):
        place -= 1
    pause = atoms[place - 1].text in _PAUSES
    return place if pause or atoms[own[0]].lower in language.PRONOUNS else None


# -- “According to ...” -----------------------------------------------------------------------------------------------


def _according(atoms: tuple[Atom, ...], cue: Cue, later: list[Cue], taken: int) -> Claim | None:
    source = _named_by_according(atoms, cue.end)
    if source is None:
        return None
    place = (cue.start, cue.end)
    before = [at for at in range(0, cue.start) if atoms[at].is_word or atoms[at].quoted]
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
