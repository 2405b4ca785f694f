"""What stands after a comma and says more of the same person: “Jane Doe, the mayor of Oxbow”, “its secretary, Jane Doe”."""

from newsdesk_quotes import english as language
from newsdesk_quotes.atoms import Atom


def apposition_end(atoms: tuple[Atom, ...], comma: int, limit: int) -> int:
    """The end of “, the mayor of Springfield” after a name; the comma itself where no apposition follows."""
    following = atoms[comma + 1] if comma + 1 < limit else None
    if following is None or not following.is_word:
        return comma
    named = _name_after(atoms, comma, limit)
    if named:
        return named
    starts = following.lower in language.APPOSITION_STARTS or _role_ahead(atoms, comma + 1, limit)
    if following.lower == "who" and _speaks(atoms, comma + 2):
        return comma
    if not starts and not (following.lower[:2].isdigit() and comma + 2 < len(atoms) and not atoms[comma + 2].is_word):
        return comma
    end = comma + 1
    while end < limit and atoms[end].is_word:
        if atoms[end].lower in language.AUXILIARIES and following.lower not in ("who", "whose"):
            return comma
        end += 1
    return end if end == len(atoms) or atoms[end].text in (",", ".", ";", ":", "—", "–", "--") or atoms[end].quoted else comma


def _name_after(atoms: tuple[Atom, ...], comma: int, limit: int) -> int | None:
    """The end of the name in “said the union’s secretary, *Jane Doe*.”"""
    if atoms[comma - 1].capital or atoms[comma - 1].lower not in language.role_nouns():
        return None
    end = comma + 1
    while end < limit and (atoms[end].capital or atoms[end].quoted):
        end += 1
    ends = end == len(atoms) or atoms[end].text in (",", ".", ";", ":", "—", "–", "--")
    return end if ends and 2 <= end - comma - 1 <= 5 else None


def _role_ahead(atoms: tuple[Atom, ...], start: int, limit: int) -> bool:
    """“Jane Doe, *deputy chair* of the board”: a noun for a role before any preposition."""
    for atom in atoms[start : min(limit, start + 4)]:
        if atom.lower in language.role_nouns():
            return True
        if not atom.is_word or atom.lower in language.FUNCTION_WORDS or atom.lower in language.verbs():
            return False
    return False


def _speaks(atoms: tuple[Atom, ...], start: int) -> bool:
    """“said Jane Doe, who added that”: the relative clause is a quote of its own."""
    known = language.verbs()
    return any(atom.lower in known for atom in atoms[start : start + 2])
