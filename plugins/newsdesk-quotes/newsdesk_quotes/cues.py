"""Where a sentence speaks of speaking: groups of words around a verb of saying, or “according to”."""

from typing import NamedTuple

from newsdesk_quotes import english as language
from newsdesk_quotes.atoms import Atom


class Cue(NamedTuple):
    """Atoms `start` to `end` (excluded) of a sentence, the verb's place, the verb and what it takes."""

    start: int
    end: int
    verb_at: int
    verb: str
    takes: str
    form: str  # finite, participle (saying), infinitive (to say), passive (was told)
    negated: bool = False

    @property
    def words(self) -> tuple[int, int]:
        """The verb and its phrase alone, without auxiliaries and adverbs before it."""
        return self.verb_at, self.end


def cues(atoms: tuple[Atom, ...]) -> list[Cue]:
    """The cues of a sentence, outside its quotations, from left to right."""
    known = language.verbs()
    titled = _titled(atoms)
    found = []
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        if atom.lower == "according" and index + 1 < len(atoms) and atoms[index + 1].lower == "to":
            found.append(Cue(index, index + 2, index, "according to", "c", "according"))
            index += 2
            continue
        entry = known.get(atom.lower) if atom.quoted is None else None
        cue = _verb_group(atoms, index, *entry, titled) if entry else None
        if cue:
            found.append(cue)
            index = cue.end
        else:
            index += 1
    return found


def _titled(atoms: tuple[Atom, ...]) -> bool:
    """Whether Each Word Has a Capital, as in some headlines: then a capital says nothing about a name."""
    words = [atom for atom in atoms if atom.is_word and len(atom.text) > 3]
    return len(words) > 3 and sum(atom.capital for atom in words) >= 0.8 * len(words)


def _verb_group(atoms: tuple[Atom, ...], at: int, verb: str, takes: str, titled: bool) -> Cue | None:
    end = at + 1
    phrase = _phrase(atoms, end, verb)
    if "p" in takes and not phrase:
        return None
    end += phrase
    if phrase and verb == "go":
        takes = "c" if phrase > 1 else "q"
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
    if _is_noun(atoms, start, at, titled):
        return None
    form = "finite"
    if infinitive:
        form = "infinitive"
    elif passive and not atoms[at].lower.endswith("ing") and not (phrase and verb == "quote"):
        form = "passive"
    elif atoms[at].lower.endswith("ing") and not any(atom.lower in language.BE for atom in atoms[start:at]):
        form = "participle"
    return Cue(start, end, at, verb, takes, form, any(atom.lower in language.NEGATIONS for atom in atoms[start:at]))


def _phrase(atoms: tuple[Atom, ...], at: int, verb: str) -> int:
    """How many atoms after the verb belong to the cue (“called *for*”); the longest phrase that is there."""
    best = 0
    for words in language.PHRASES.get(verb, ()):
        wanted = words.split()
        if len(wanted) > best and [atom.lower for atom in atoms[at : at + len(wanted)]] == wanted:
            best = len(wanted)
    return best


def _adverb(atom: Atom) -> bool:
    return (
        atom.quoted is None
        and atom.text.islower()
        and len(atom.text) > 4
        and atom.text.endswith("ly")
        and atom.text not in language.ADJECTIVES_LY
    )


def _is_noun(atoms: tuple[Atom, ...], start: int, at: int, titled: bool) -> bool:
    """Words such as report, call, claim, rules: a noun where a determiner, possessive or preposition stands before."""
    atom = atoms[at]
    if at == 0:
        return atom.lower not in language.SURE | {"asked"}
    before = atoms[at - 1]
    if atom.lower in language.SURE:
        return False
    if atom.capital and not titled:
        return True
    helped = any(each.lower in language.AUXILIARIES for each in atoms[start:at])
    if atom.lower in language.NOUNISH and not helped and not _surely_verb(atoms, at):
        return True
    determined = before.lower in language.DETERMINERS and before.lower not in language.STANDALONE
    possessive = before.lower.endswith(("'s", "’s", "s'", "s’"))
    if (
        determined
        or possessive
        or before.lower in language.PREPOSITIONS
        or (start == at and not before.is_word and not _pause(before))
    ):
        return True
    return start == at and not _agrees(before, atom)


def _surely_verb(atoms: tuple[Atom, ...], at: int) -> bool:
    """“he claims”, “officials claim that”: what makes a verb of a form that is mostly a noun."""
    before, after = atoms[at - 1], atoms[at + 1] if at + 1 < len(atoms) else None
    spoken = before.lower in ("he", "she", "it", "they", "we", "who", "i")
    if after is None or atoms[at].lower.endswith("ing"):
        return spoken
    if atoms[at].lower in language.NOUNS:
        return after.lower in ("that", "to") and (spoken or before.capital)
    return spoken or after.text == ":" or bool(after.quoted) or (after.lower == "that" and before.capital)


def _pause(atom: Atom) -> bool:
    return bool(atom.quoted) or atom.text in ",;:—–―--)"


def _agrees(before: Atom, verb: Atom) -> bool:
    """“officials claim” and “the official claims” are sentences; “official claims” and “the tax claim” are nouns."""
    form = language.verbs()[verb.lower][0]
    if verb.lower.endswith(("ed", "ing")) or verb.lower in language.IRREGULAR_PAST:
        return True
    plural = before.lower in language.PLURAL_SUBJECTS or (
        before.lower.endswith("s") and not before.lower.endswith(("ss", "us", "is", "'s", "’s"))
    )
    if not before.is_word or before.lower in ("and", "but", "who", "which", "that"):
        return True
    if verb.lower == form:
        return plural
    return not (before.lower.endswith("s") and before.text.islower()) and (
        before.capital or before.lower in language.PRONOUNS or not before.lower.endswith(("al", "ic", "ive", "ous"))
    )
