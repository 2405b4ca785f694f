"""Where contents begin and end: full stops, pauses, and what may stand between a verb and what was said."""

from dataclasses import dataclass

from newsdesk_quotes import english as language
from newsdesk_quotes.atoms import Atom
from newsdesk_quotes.phrases import DASHES, Stretch, object_phrase

STOPS = frozenset({".", "!", "?", "…", "..."})
PAUSES = DASHES | {",", ";"}
PLACE_REACH = 14
"""Atoms. No place or occasion between a verb and its content is longer: “in an interview with the paper on Monday”."""


@dataclass(frozen=True)
class Claim:
    """Content, source and cue as stretches of one sentence's atoms, and the rule that found them.

    `open` is set where the content must still come: “He continued:” at the end of a paragraph.
    """

    contents: tuple[Stretch, ...]
    source: Stretch | None
    cue: Stretch
    rule: str
    open: bool = False


def sentence_end(atoms: tuple[Atom, ...]) -> int:
    """The end of the sentence without its full stop."""
    end = len(atoms)
    while end > 0 and atoms[end - 1].text in STOPS | {":"}:
        end -= 1
    return end


def trim(atoms: tuple[Atom, ...], start: int, end: int) -> Stretch:
    """The stretch without punctuation at its edges."""
    while end > start + 1 and not (atoms[end - 1].is_word or atoms[end - 1].quoted or atoms[end - 1].text == ")"):
        end -= 1
    while start < end - 1 and not (atoms[start].is_word or atoms[start].quoted or atoms[start].text == "("):
        start += 1
    return start, end


def waits(atom: Atom) -> bool:
    """A quotation that ends with a comma, a question or an exclamation waits for its “she said”."""
    return atom.quoted is not None and atom.text[1] in ",?!…—–-"


def has_verb(atoms: tuple[Atom, ...]) -> bool:
    """Whether an auxiliary stands here: the surest sign of a clause that can be told from words alone."""
    return any(atom.lower in language.AUXILIARIES for atom in atoms)


def is_clause(atoms: tuple[Atom, ...], start: int) -> bool:
    """Whether a clause begins here, and not only a noun: “claimed it was his”, not “claimed victory”."""
    for atom in atoms[start : start + 14]:
        if atom.quoted or atom.lower in language.AUXILIARIES or atom.lower in language.CLAUSE_SUBJECTS:
            return True
        if atom.text in PAUSES | STOPS:
            return False
    return False


def is_name(atoms: tuple[Atom, ...], start: int, end: int) -> bool:
    """Whether nothing but a short quotation in Capitals stands here: “calls the bridge “Wobbly Wanda””."""
    last = atoms[end - 1] if end > start else None
    return last is not None and last.quoted is not None and last.named


def skip_person(atoms: tuple[Atom, ...], place: int) -> int:
    """Past the one who was told: “told *reporters*”."""
    if place < len(atoms) and atoms[place].lower in language.CLAUSE_WORDS:
        return place
    phrase = object_phrase(atoms, place)
    return phrase[1] if phrase and phrase[1] - phrase[0] <= 8 and atoms[phrase[0]].lower != "to" else place


def skip_times(atoms: tuple[Atom, ...], place: int) -> int:
    """Past “on Thursday”, “Monday night”, “in a statement”, “during an interview with the paper”."""
    while place < len(atoms):
        beyond = _time_end(atoms, place) or _occasion_end(atoms, place)
        if beyond is None or beyond <= place:
            return place
        place = beyond
    return place


def _time_end(atoms: tuple[Atom, ...], place: int) -> int | None:
    following = atoms[place + 1].lower if place + 1 < len(atoms) else ""
    if atoms[place].lower in language.TIMES:
        place += 1
    elif (
        atoms[place].lower in ("on", "in", "last", "this", "at")
        and following in language.TIMES | language.MONTHS | language.DAY_PARTS
    ):
        place += 2
    else:
        return None
    while place < len(atoms) and (atoms[place].text[0].isdigit() or atoms[place].lower in language.DAY_PARTS):
        place += 1
    return place


def _occasion_end(atoms: tuple[Atom, ...], place: int) -> int | None:
    """The end of “in a statement”, where a pause, “that” or a quotation follows; else it may be part of the content."""
    following = atoms[place + 1].lower if place + 1 < len(atoms) else ""
    if atoms[place].lower not in ("in", "during", "at", "via", "on", "to") or following not in language.OCCASION_WORDS:
        return None
    stop = place + 1
    while stop < min(len(atoms), place + PLACE_REACH) and atoms[stop].is_word and atoms[stop].lower != "that":
        stop += 1
    ends = stop >= len(atoms) or atoms[stop].text in PAUSES | STOPS or atoms[stop].quoted or atoms[stop].lower == "that"
    return stop if ends else None
