"""Content first: “..., she said”, “..., said the mayor”, and what goes on after the attribution."""

from newsdesk_quotes import english as language
from newsdesk_quotes.atoms import Atom
from newsdesk_quotes.cues import Cue
from newsdesk_quotes.edges import PAUSES, STOPS, Claim, has_verb, sentence_end, skip_person, skip_times, trim, waits
from newsdesk_quotes.phrases import DASHES, REACH, Stretch, object_phrase, subject

LONG_QUOTATION = 25
"""Characters. A quotation within a sentence that is shorter may be a title or a name."""


def postposed(atoms: tuple[Atom, ...], cue: Cue, taken: int) -> Claim | None:
    """The claim of a cue whose content stands before it, not further left than `taken`; None if it is no such cue."""
    if cue.form != "finite" or cue.start <= taken:
        return None
    beside = between(atoms, cue, taken)
    if beside:
        return _claim(atoms, cue, beside, beside[0], cue.end, taken)
    behind = _inverted(atoms, cue, taken)
    if behind:
        return _claim(atoms, cue, behind, cue.start, behind[1], taken)
    source = subject(atoms, cue.start, taken)
    if source and _closes(atoms, cue, source, taken):
        return _claim(atoms, cue, source, source[0], cue.end, taken)
    return None


def between(atoms: tuple[Atom, ...], cue: Cue, taken: int) -> Stretch | None:
    """All that stands between a waiting quotation and the verb: “...,” Jane Doe, the mayor of Springfield since May, said."""
    place = cue.start - 1
    while place >= max(taken, cue.start - REACH) and not atoms[place].quoted:
        if atoms[place].text in (":", ";"):
            return None
        place -= 1
    if place < taken or not waits(atoms[place]) or not _is_speech(atoms, cue, place, taken):
        return None
    start, end = place + 1, cue.start
    while start < end and not atoms[start].is_word:
        start += 1
    while end > start and atoms[end - 1].text in DASHES:
        end -= 1
    if start >= end or atoms[start].lower in language.CLAUSE_WORDS | language.PREPOSITIONS | language.AUXILIARIES:
        return None
    return (start, end) if atoms[start].capital or atoms[start].lower in language.DETERMINERS | language.PRONOUNS else None


def _is_speech(atoms: tuple[Atom, ...], cue: Cue, place: int, taken: int) -> bool:
    """Whether the quotation at `place` is what was said, and not a title within “In an interview with “The Hour,” she said”."""
    left = place - 1
    while left >= taken and atoms[left].text in PAUSES:
        left -= 1
    if left < taken or (left == place - 1 and atoms[left].text == ":"):
        return True
    if "c" not in cue.takes:
        return False
    quoted = atoms[place].quoted
    if quoted and quoted.end - quoted.start > LONG_QUOTATION and atoms[taken].lower not in language.LEADS:
        return True
    right = skip_times(atoms, cue.end)
    ends = right >= len(atoms) or atoms[right].text in STOPS
    return ends or (atoms[taken].lower not in language.LEADS and left < place - 1)


def _inverted(atoms: tuple[Atom, ...], cue: Cue, taken: int) -> Stretch | None:
    """The subject after its verb: “..., said Jane Doe.”"""
    if cue.end >= len(atoms) or cue.start != cue.verb_at or ("c" not in cue.takes and "q" not in cue.takes):
        return None
    before = atoms[cue.start - 1]
    phrase = object_phrase(atoms, cue.end)
    first = atoms[cue.end]
    if phrase is None or first.lower in language.CLAUSE_WORDS | language.TIMES | language.PREPOSITIONS:
        return None
    place = cue.start - 2 if before.text == "," and cue.start - 2 >= taken else cue.start - 1  # ‘...’, said
    if atoms[place].quoted:
        following = atoms[phrase[1]] if phrase[1] < len(atoms) else None
        ends = following is None or following.quoted or following.text in STOPS | PAUSES or not following.capital
        return phrase if ends and _is_speech(atoms, cue, place, taken) else None
    if before.text not in PAUSES or atoms[cue.verb_at].lower not in language.INVERTING:
        return None
    described = phrase[1] - phrase[0] <= 5 and atoms[phrase[1] - 1].lower in language.role_nouns() | language.GROUP_NOUNS
    if not (first.capital or first.lower in language.DETERMINERS or described) or has_verb(atoms[phrase[0] : phrase[1]]):
        return None
    if (
        phrase[1] < len(atoms)
        and atoms[phrase[1]].text not in STOPS | PAUSES
        and atoms[phrase[1]].lower not in ("who", "in", "on", "at")
    ):
        return None
    pause = next((at for at in range(taken, cue.start) if atoms[at].text in PAUSES), cue.start)
    name = phrase[1] - phrase[0] <= 3 and all(atom.capital for atom in atoms[phrase[0] : phrase[1]])
    clause = pause - taken >= 6 or has_verb(atoms[taken:pause]) or ((name or described) and _says_more(atoms[taken:pause]))
    return phrase if clause else None


def _says_more(atoms: tuple[Atom, ...]) -> bool:
    """Whether there is more here than a name with its title."""
    return any(atom.text.islower() and atom.lower not in language.DETERMINERS | language.PREPOSITIONS for atom in atoms[1:])


def _closes(atoms: tuple[Atom, ...], cue: Cue, source: Stretch, taken: int) -> bool:
    """Whether a pause or a quotation stands before “she said”, and an end or a pause after it."""
    left = source[0] - 1
    while left > taken and atoms[left].text in DASHES:
        left -= 1
    if left < taken or not (atoms[left].quoted or atoms[left].text in PAUSES):
        return False
    right = skip_times(atoms, skip_person(atoms, cue.end) if "r" in cue.takes else cue.end)
    following = atoms[right] if right < len(atoms) else None
    ends = following is None or following.text in STOPS | PAUSES
    if atoms[left].quoted:
        if not _is_speech(atoms, cue, left, taken):
            return False
        return (
            waits(atoms[left]) if following and (following.quoted or following.lower == "that") else ends or waits(atoms[left])
        )
    words = [atom for atom in atoms[taken:left] if atom.is_word or atom.quoted]
    if not words or "c" not in cue.takes or _quotation_follows(atoms, cue.end, right):
        return False
    leads = words[0].lower in language.LEADS
    if ends:
        return not (leads and "r" in cue.takes and right > cue.end)
    goes_on = any(atom.lower == "that" or atom.quoted for atom in atoms[right:])
    return len(words) > 4 and not leads and not goes_on and following is not None and following.lower in language.TRAILERS


def _quotation_follows(atoms: tuple[Atom, ...], start: int, right: int) -> bool:
    """“In the end, she said, “...””: the quotation after the comma is all that she said."""
    place = right + 1 if right < len(atoms) and atoms[right].text in (",", ":") else right
    return place < len(atoms) and bool(atoms[place].quoted)


def _claim(atoms: tuple[Atom, ...], cue: Cue, source: Stretch, left: int, right: int, taken: int) -> Claim | None:
    start, end = _bounds(atoms, left, taken)
    if start >= end:
        return None
    direct = bool(atoms[end - 1].quoted)
    lead = not direct and end - start <= 10 and atoms[start].lower in language.LEADS and not has_verb(atoms[start:end])
    rest = _rest(atoms, right, direct, lead)
    if lead and rest is None:
        return None
    contents = (trim(atoms, start, end), rest) if rest else (trim(atoms, start, end),)
    return Claim(contents, source, cue.words, "after-split" if rest else "after")


def _bounds(atoms: tuple[Atom, ...], left: int, taken: int) -> Stretch:
    start, end = taken, left
    while end > start and atoms[end - 1].text in PAUSES:
        end -= 1
    while start < end and (atoms[start].text in PAUSES or (atoms[start].lower == "and" and start > 0)):
        start += 1
    if end - 2 >= start and atoms[end - 1].quoted and atoms[end - 2].text == ":":
        start = end - 1
    return start, end


def _rest(atoms: tuple[Atom, ...], start: int, direct: bool, lead: bool) -> Stretch | None:
    """The second part of a broken quotation, or of a broken clause."""
    if direct:
        place = next((at for at in range(start, min(len(atoms), start + 25)) if atoms[at].quoted), None)
        if place is None:
            return None
        before = atoms[place - 1]
        if any(atom.lower in language.verbs() for atom in atoms[start:place]):
            return None
        joins = place == start or before.text in PAUSES | {":"} or before.lower in ("that", "and", "because", "but")
        return trim(atoms, place, place + 1) if joins else None
    place = skip_times(atoms, start)
    if place + 2 < len(atoms) and atoms[place].text == "," and (lead or not _new_thought(atoms[place + 1])):
        return trim(atoms, place + 1, sentence_end(atoms))
    return None


def _new_thought(atom: Atom) -> bool:
    """Whether what follows “..., she said,” is the reporter's again: “..., she said, adding”."""
    if atom.lower in language.RESUMING:
        return False
    return (
        atom.lower in language.CLAUSE_WORDS | {"following", "during"}
        or atom.lower.endswith("ing")
        or atom.lower in language.verbs()
    )
