"""From the cues of a sentence to its claims: which words were said, and which words name who said them."""

from newsdesk_quotes import english as language
from newsdesk_quotes.atoms import Atom, Sentence
from newsdesk_quotes.cues import Cue, cues
from newsdesk_quotes.edges import PAUSES, Claim, sentence_end, trim, waits
from newsdesk_quotes.phrases import DASHES, REACH, Stretch, main_subject, object_phrase
from newsdesk_quotes.postposed import postposed
from newsdesk_quotes.preposed import preposed

LONGEST_SIGNATURE = 16
"""Atoms. “— Jane Doe, a nurse from Springfield”."""


def claims(sentence: Sentence) -> list[Claim]:
    """What the cues of one sentence say was said, from left to right, each word claimed once."""
    atoms = sentence.atoms
    whole = _signed(atoms) or (_headed(atoms) if sentence.role == "headline" else None)
    if whole:
        return [whole]
    found: list[Claim] = []
    taken = 0
    listed = cues(atoms)
    for number, cue in enumerate(listed):
        if cue.start < taken:
            continue
        claim = _claim(atoms, cue, listed[number + 1 : number + 9], found, taken)
        if claim:
            found.append(claim)
            taken = max([end for _, end in claim.contents] + [cue.end])
    last = _introduced(atoms, found) or _beside(atoms, found) or _announced(atoms, found)
    return [*found, last] if last else found


def _claim(atoms: tuple[Atom, ...], cue: Cue, later: list[Cue], found: list[Claim], taken: int) -> Claim | None:
    if cue.form == "according":
        return _according(atoms, cue, found)
    if cue.negated or cue.form in ("infinitive", "passive"):
        return None
    if cue.start == 0:
        return _opening(atoms, cue) or _asked(atoms, cue)
    return postposed(atoms, cue, taken) or preposed(atoms, cue, later, found, taken)


def _opening(atoms: tuple[Atom, ...], cue: Cue) -> Claim | None:
    """“Said Jane Doe: “...””"""
    phrase = object_phrase(atoms, cue.end)
    if phrase is None or phrase[1] >= len(atoms) or atoms[phrase[1]].text not in (":", ","):
        return None
    place = phrase[1] + 1
    if place < len(atoms) and atoms[place].quoted:
        return Claim(((place, place + 1),), phrase, cue.words, "opening")
    return None


def _asked(atoms: tuple[Atom, ...], cue: Cue) -> Claim | None:
    """“Asked *whether the bridge was safe*, ...”: nobody is told to have asked."""
    if cue.verb != "ask":
        return None
    limit = min(len(atoms), cue.end + REACH)
    comma = next((at for at in range(cue.end, limit) if atoms[at].text == ","), None)
    start = next((at for at in range(cue.end, comma or cue.end) if atoms[at].lower in language.QUESTIONS), None)
    return Claim(((start, comma),), None, cue.words, "asked") if comma and start is not None else None


def _signed(atoms: tuple[Atom, ...]) -> Claim | None:
    """“...” — Jane Doe, Springfield"""
    place = next((at for at, atom in enumerate(atoms[:2]) if atom.quoted), None)
    if place is None or place + 2 >= len(atoms) or atoms[place + 1].text not in DASHES or not atoms[place + 2].capital:
        return None
    end = sentence_end(atoms)
    name = atoms[place + 2 : end]
    if not name or len(name) > LONGEST_SIGNATURE or cues(name):
        return None
    if any(not atom.is_word and atom.text not in (",", ".", "(", ")") for atom in name):
        return None
    return Claim(((place, place + 1),), (place + 2, end), (place + 1, place + 2), "signed")


def _headed(atoms: tuple[Atom, ...]) -> Claim | None:
    """“Doe: Bridge is ‘a scandal’”, the form of headlines."""
    colon = next((at for at, atom in enumerate(atoms[:6]) if atom.text == ":"), None)
    if not colon or colon + 1 >= len(atoms) or not all(atom.capital for atom in atoms[:colon]):
        return None
    return Claim((trim(atoms, colon + 1, len(atoms)),), (0, colon), (colon, colon + 1), "headline")


def _introduced(atoms: tuple[Atom, ...], found: list[Claim]) -> Claim | None:
    """“Doe turned to the crowd: “...””: a quotation after a colon belongs to the subject before it, if that can be told."""
    place = next((at for at in range(1, len(atoms)) if atoms[at].quoted and atoms[at - 1].text == ":"), None)
    if place is None or any(start <= place < end for claim in found for start, end in claim.contents):
        return None
    contents, cue = ((place, place + 1),), (place - 1, place)
    if found and found[-1].contents and found[-1].contents[-1][1] <= place:
        return Claim(contents, found[-1].source, found[-1].cue, "introduced")
    name = place - 1
    while name > 0 and atoms[name - 1].capital and atoms[name - 1].is_word:
        name -= 1
    if 0 < name < place - 1 and atoms[name - 1].lower in ("from", "by"):
        return Claim(contents, (name, place - 1), cue, "introduced")
    return Claim(contents, main_subject(atoms, 0, place), cue, "introduced")


def _beside(atoms: tuple[Atom, ...], found: list[Claim]) -> Claim | None:
    """“...,” Doe shot back: a waiting quotation, a name and a verb that is no verb of saying elsewhere."""
    if found or not waits(atoms[0]) or len(atoms) < 3:
        return None
    verb = next((at for at in range(1, min(len(atoms), REACH)) if _past(atoms[at])), None)
    if verb is None or any(atom.quoted for atom in atoms[1:verb]):
        return None
    source = (1, verb) if verb > 1 else object_phrase(atoms, verb + 1) if verb + 1 < len(atoms) else None
    if source is None or not (atoms[source[0]].capital or atoms[source[0]].lower in language.DETERMINERS | language.PRONOUNS):
        return None
    return Claim(((0, 1),), source, (verb, verb + 1), "beside")


def _past(atom: Atom) -> bool:
    return atom.quoted is None and atom.text.islower() and (atom.lower.endswith("ed") or atom.lower in language.IRREGULAR_PAST)


def _announced(atoms: tuple[Atom, ...], found: list[Claim]) -> Claim | None:
    """“She listed her reasons:” at the end of a paragraph; what follows it in marks is hers."""
    if atoms[-1].text != ":" or (found and found[-1].open):
        return None
    source = found[-1].source if found else main_subject(atoms, 0, len(atoms) - 1)
    return Claim((), source, (len(atoms) - 1, len(atoms)), "colon", open=True) if source else None


def _according(atoms: tuple[Atom, ...], cue: Cue, found: list[Claim]) -> Claim | None:
    """“According to the report, ...” and “..., according to the report”."""
    source = _named_by_according(atoms, cue.end)
    if source is None or (found and found[-1].rule == "according-after"):
        return None
    place = cue.words
    if cue.start > 1 and atoms[cue.start - 2].lower == "that":
        return None  # “reported that, according to ..., ...” is the reporter's
    before = [at for at in range(cue.start) if atoms[at].is_word or atoms[at].quoted]
    if len(before) > 2 or any(atoms[at].quoted for at in before):
        return Claim((trim(atoms, before[0], before[-1] + 1),), source, place, "according-after")
    start = source[1]
    while start < len(atoms) and atoms[start].text in PAUSES:
        start += 1
    end = sentence_end(atoms)
    return Claim((trim(atoms, start, end),), source, place, "according-before") if end > start else None


def _named_by_according(atoms: tuple[Atom, ...], start: int) -> Stretch | None:
    phrase = object_phrase(atoms, start)
    if phrase is None:
        return None
    end = phrase[1]
    while end < len(atoms) and (atoms[end].is_word or atoms[end].quoted) and atoms[end].lower not in ("when", "while", "but"):
        end += 1
    return start, end


def subject_of(sentence: Sentence, limit: int) -> Stretch | None:
    """The subject of the sentence, for a quotation within it that no verb of saying claims."""
    found = main_subject(sentence.atoms, 0, limit)
    if found and sentence.atoms[found[0]].lower in language.PRONOUNS - {"he", "she", "they"}:
        return None
    return found
