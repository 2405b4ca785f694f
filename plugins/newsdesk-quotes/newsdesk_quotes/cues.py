"""Where a sentence speaks of speaking: groups of words around a verb of saying, or “according to”."""

from typing import NamedTuple

from newsdesk_quotes import english as language
from newsdesk_quotes.atoms import Atom

_PARTICIPLE = frozenset({"ed", "en", "wn", "ld", "id"})


class Cue(NamedTuple):
    """Atoms `start` to `end` (excluded) of a sentence, the verb's place, the verb and what it takes."""

    start: int
    end: int
    verb_at: int
    verb: str
    takes: str
    form: str  # finite, participle (saying), infinitive (to say), passive (was told)


def cues(atoms: tuple[Atom, ...]) -> list[Cue]:
    """The cues of a sentence, outside its quotations, from left to right."""
    known = language.verbs()
    found = []
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        if atom.lower == "according" and index + 1 < len(atoms) and atoms[index + 1].lower == "to":
            found.append(Cue(index, index + 2, index, "according to", "c", "according"))
            index += 2
            continue
        entry = known.get(atom.lower) if atom.quoted is None else None
        cue = _verb_group(atoms, index, *entry) if entry else None
        if cue:
            found.append(cue)
            index = cue.end
        else:
            index += 1
    return found


def _verb_group(atoms: tuple[Atom, ...], at: int, verb: str, takes: str) -> Cue | None:
    end = at + 1
    phrase = _phrase(atoms, end, verb)
    if "p" in takes and not phrase:
        return None
    end += phrase
    if phrase and verb == "go":
        takes = "c"
    elif phrase:
        takes = "o" + ("c" if atoms[end - 1].lower == "out" else "")
    start, passive, infinitive = at, False, False
    while start > 0:
        before = atoms[start - 1]
        if before.lower in language.AUXILIARIES or before.lower in language.ADVERBS or _adverb(before):
            passive |= before.lower in language.BE and not atoms[at].lower.endswith("ing")
            start -= 1
        elif before.lower == "to" and start == at:
            infinitive = True
            start -= 1
            break
        else:
            break
    if _is_noun(atoms, start, at, phrase):
        return None
    form = "finite"
    if infinitive:
        form = "infinitive"
    elif passive and not atoms[at].lower.endswith("ing"):
        form = "passive"
    elif atoms[at].lower.endswith("ing") and start == at:
        form = "participle"
    return Cue(start, end, at, verb, takes, form)


def _phrase(atoms: tuple[Atom, ...], at: int, verb: str) -> int:
    """How many atoms after the verb belong to the cue (“called *for*”); the longest phrase that is there."""
    best = 0
    for words in language.PHRASES.get(verb, ()):
        wanted = words.split()
        if len(wanted) > best and [atom.lower for atom in atoms[at : at + len(wanted)]] == wanted:
            best = len(wanted)
    return best


def _adverb(atom: Atom) -> bool:
    return atom.quoted is None and atom.text.islower() and len(atom.text) > 4 and atom.text.endswith("ly")


def _is_noun(atoms: tuple[Atom, ...], start: int, at: int, phrase: int) -> bool:
    """Words such as report, call, claim, charges: a noun where a determiner, possessive or preposition stands before."""
    atom = atoms[at]
    if start < at:
        return atoms[start].lower in language.DETERMINERS and atoms[at - 1].lower in language.DETERMINERS
    if at == 0:
        return not atom.lower.endswith(("ing", "ed")) and atom.lower not in ("said", "says", "wrote", "told")
    before = atoms[at - 1]
    if before.lower in ("said", "says", "told") or atom.lower in ("said", "says", "told", "wrote", "saying", "telling"):
        return False
    ambiguous = not atom.lower.endswith("ing")
    determined = before.lower in language.DETERMINERS and before.lower not in (
        "this",
        "that",
        "both",
        "all",
        "some",
        "many",
        "most",
        "few",
        "several",
        "others",
    )
    possessive = before.lower.endswith(("'s", "’s", "s'", "s’"))
    if ambiguous and (determined or possessive or before.lower in language.PREPOSITIONS):
        return True
    if atom.lower.endswith("ing"):
        return determined or possessive or before.lower in ("of", "for", "by", "with", "from", "in", "about", "at", "on")
    return False
