"""Noun phrases beside a cue: who is said to speak. Found from words and capitals, without a tagger."""

from newsdesk_quotes import english as language
from newsdesk_quotes.appositions import apposition_end
from newsdesk_quotes.atoms import Atom

REACH = 40
"""Atoms. No name with its title and apposition is longer."""
DASHES = frozenset({"—", "–", "―", "--", "---", "-"})
_APPOSING = DASHES | {","}
_OBLIQUE = frozenset({"him", "her", "them", "us", "me", "himself", "herself", "themselves"})

Stretch = tuple[int, int]


def subject(atoms: tuple[Atom, ...], end: int, floor: int = 0) -> Stretch | None:
    """The noun phrase that ends just before `end`: the subject of a verb there."""
    floor = max(floor, end - REACH)
    if end <= floor:
        return None
    last = atoms[end - 1]
    if last.text in _APPOSING and end - 1 > floor:
        return _with_apposition(atoms, end - 1, floor)
    if last.quoted and end - 1 > floor:
        return _with_apposition(atoms, end, floor) if any(atom.text == "," for atom in atoms[floor : end - 1]) else None
    if last.text == ")":
        opening = _opening(atoms, end - 1, floor)
        head = subject(atoms, opening, floor) if opening is not None else None
        return (head[0], end) if head else None
    if not last.is_word:
        return None
    end = _before_times(atoms, end, floor)
    last = atoms[end - 1]
    if last.lower in language.PRONOUNS:
        return end - 1, end
    if last.lower in ("which", "that"):
        return (end - 1, end) if antecedent(atoms, end - 1, floor) else None
    if last.lower in language.CLAUSE_WORDS or last.lower in language.PREPOSITIONS or last.lower in _OBLIQUE:
        return None
    start = _left_edge(atoms, end, floor)
    return (start, end) if start < end else None


def _before_times(atoms: tuple[Atom, ...], end: int, floor: int) -> int:
    """“Jane Doe on Thursday said”: the phrase without the time."""
    place = end
    while place - 1 > floor and (
        atoms[place - 1].lower in language.TIMES | language.MONTHS | language.DAY_PARTS or atoms[place - 1].text.isdigit()
    ):
        place -= 1
    if place < end and atoms[place - 1].lower in ("on", "in", "late", "early", "last") and place - 1 > floor:
        return place - 1
    return place if place > floor and atoms[place - 1].is_word else end


def _left_edge(atoms: tuple[Atom, ...], end: int, floor: int) -> int:
    start = end
    while start > floor:
        before = atoms[start - 1]
        if before.text == "&" and start - 1 > floor and atoms[start - 2].is_word:
            start -= 1
            continue
        if not before.is_word or before.lower in language.PRONOUNS - {"who"}:
            break
        if before.lower in language.AUXILIARIES or before.lower in ("who", "that"):
            noun = _relative_noun(atoms, start - 1, end, floor)
            return _after_adverbial(atoms, start if noun is None else noun, end)
        if before.lower in language.CLAUSE_WORDS and not _joins_names(atoms, start - 1, end):
            break
        start -= 1
    return _after_adverbial(atoms, start, end)


def _relative_noun(atoms: tuple[Atom, ...], at: int, end: int, floor: int) -> int | None:
    """The start of “people” in “people who have seen the plan say”, where the relative clause is part of the subject."""
    who = next((place for place in range(at, max(floor, at - 3) - 1, -1) if atoms[place].lower in ("who", "that")), None)
    if who is None or end - who < 3 or all(atom.capital for atom in atoms[who + 1 : end]):
        return None
    if atoms[who + 1].lower in language.DETERMINERS | language.PRONOUNS or atoms[who + 1].capital:
        return None
    noun = antecedent(atoms, who, floor)
    return noun[0] if noun else None


def _opening(atoms: tuple[Atom, ...], closing: int, floor: int) -> int | None:
    """The bracket that opens “(R-Utah)”."""
    return next((at for at in range(closing - 1, max(floor, closing - 12) - 1, -1) if atoms[at].text == "("), None)


def _joins_names(atoms: tuple[Atom, ...], at: int, end: int) -> bool:
    """“Smith and Jones said”: an “and” between two nouns, rather than between two clauses."""
    if atoms[at].lower not in ("and", "or", "&") or at == 0 or at + 1 >= end:
        return False
    return atoms[at - 1].capital == atoms[at + 1].capital and atoms[at - 1].is_word and end - at <= 6


def _after_adverbial(atoms: tuple[Atom, ...], start: int, end: int) -> int:
    """Leave out what leads into a sentence without a comma: “On Monday Smith said”, “Later the mayor said”."""
    while start < end - 1 and (
        atoms[start].lower in language.ADVERBS | language.TIMES and not atoms[start].lower.startswith(("both", "each", "all"))
    ):
        start += 1
    if atoms[start].lower in language.PREPOSITIONS and start < end - 1:
        place = end - 1
        if atoms[place].capital:
            while (
                place - 1 > start
                and atoms[place - 1].capital
                and atoms[place - 1].lower not in language.TIMES | language.MONTHS
            ):
                place -= 1
            return place
        while place > start and atoms[place].lower not in language.DETERMINERS:
            place -= 1
        return place if place > start else end - 1
    return start


def _with_apposition(atoms: tuple[Atom, ...], comma: int, floor: int) -> Stretch | None:
    """“Jane Doe, the mayor of Springfield, said”: the name before the first of the two commas, and what stands between."""
    place = comma - 1
    while place > floor and atoms[place].text not in _APPOSING:
        if atoms[place].text in (";", ":"):
            return None
        place -= 1
    if place <= floor:
        return None
    inner = atoms[place + 1 : comma]
    head = subject(atoms, place, floor)
    if (inner and inner[0].lower.endswith("ing")) or (
        len(inner) == 1 and inner[0].lower in language.ADVERBS | {"however", "though"}
    ):
        return head
    if head is not None and not _describes(atoms, head, floor):
        return head[0], comma
    wider = _with_apposition(atoms, place, floor)
    if wider is None and head is None:
        return None
    return (wider or head or (comma, comma))[0], comma


def _describes(atoms: tuple[Atom, ...], head: Stretch, floor: int) -> bool:
    """Whether a noun phrase between pauses only says more of a name before it: “Jane Doe, *a judge who lives here*, …”."""
    start = head[0]
    if start - 1 <= floor:
        return False
    before = atoms[start - 1]
    if before.lower in language.AUXILIARIES or before.lower in ("who", "which", "whose", "and"):
        return True
    return before.text in _APPOSING and atoms[start].lower in ("a", "an", "the", "her", "his", "their", "its")


def antecedent(atoms: tuple[Atom, ...], relative: int, floor: int) -> Stretch | None:
    """The noun before “who” or “which”, with or without its comma."""
    end = relative
    if end > floor and atoms[end - 1].text == ",":
        end -= 1
    if end <= floor or not atoms[end - 1].is_word or atoms[end - 1].lower in language.CLAUSE_WORDS | language.PRONOUNS:
        return None
    start = end
    while start > floor and _nominal(atoms[start - 1]):
        start -= 1
        if atoms[start].lower in language.DETERMINERS:
            break
    return (start, end) if start < end else None


def _nominal(atom: Atom) -> bool:
    return (
        atom.is_word
        and atom.lower not in language.CLAUSE_WORDS | language.PREPOSITIONS | language.AUXILIARIES | language.PRONOUNS
    )


def object_phrase(atoms: tuple[Atom, ...], start: int) -> Stretch | None:
    """The noun phrase that begins at `start`, with its apposition: “said *Jane Doe, the mayor of Springfield*”."""
    limit = min(len(atoms), start + REACH)
    end = start
    while end < limit and atoms[end].is_word:
        lower = atoms[end].lower
        joins = lower == "and" and end + 1 < limit and atoms[end + 1].capital and atoms[end - 1].capital
        if end > start and lower in language.CLAUSE_WORDS | language.PRONOUNS | language.AUXILIARIES and not joins:
            break
        if end > start and (lower in language.TIMES or _leads_out(atoms, end)):
            break
        end += 1
        if end - start == 1 and lower in language.PRONOUNS | _OBLIQUE:
            return start, end
    if end == start:
        return None
    return start, apposition_end(atoms, end, limit) if end < limit and atoms[end].text == "," else end


def _leads_out(atoms: tuple[Atom, ...], at: int) -> bool:
    """“said Smith in an interview”, “told a crowd on Monday”: the phrase ends before such words."""
    word = atoms[at].lower
    if word in ("during", "after", "before", "when", "via"):
        return True
    following = atoms[at + 1].lower if at + 1 < len(atoms) else ""
    return word in ("in", "on", "at") and (
        following in ("a", "an", "his", "her", "their", "response", "addition", "reference", "which")
        or following in language.TIMES | language.MONTHS
    )


def main_subject(atoms: tuple[Atom, ...], floor: int, limit: int) -> Stretch | None:
    """The subject of a sentence as far as words and capitals tell: past “On Monday, ”, up to its verb."""
    start = floor
    if start < limit and atoms[start].lower in language.PREPOSITIONS | {
        "when",
        "while",
        "as",
        "if",
        "asked",
        "later",
        "earlier",
    }:
        comma = next((at for at in range(start, min(limit, start + 20)) if atoms[at].text == ","), None)
        if comma is None:
            return None
        start = comma + 1
    while start < limit and (not atoms[start].is_word or atoms[start].lower in language.ADVERBS | {"but", "and"}):
        start += 1
    if start >= limit:
        return None
    if atoms[start].lower in language.PRONOUNS:
        return start, start + 1
    end = start
    if atoms[start].capital and atoms[start].lower not in language.FUNCTION_WORDS:
        while end < limit and (
            atoms[end].capital or (atoms[end].lower in ("of", "and", "for", "de", "van") and atoms[end + 1].capital)
        ):
            end += 1
        named = end - start > 1 or (end < limit and not _continues_noun(atoms[end]))
        return (start, end) if end < limit and named else None
    if atoms[start].lower not in language.DETERMINERS:
        return None
    end = start + 1
    while (
        end < limit
        and atoms[end].is_word
        and atoms[end].lower not in language.FUNCTION_WORDS
        and not atoms[end].lower.endswith("ed")
    ):
        end += 1
    return (start, end) if 1 < end - start <= 6 else None


def _continues_noun(atom: Atom) -> bool:
    """Whether the word after a capitalised one at the start of a sentence shows that it was no name: “Federal rules”."""
    return (
        atom.is_word
        and atom.text.islower()
        and atom.lower not in language.AUXILIARIES | language.ADVERBS
        and not atom.lower.endswith("ed")
        and atom.lower not in language.verbs()
    )
