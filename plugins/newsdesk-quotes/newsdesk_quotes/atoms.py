"""Paragraphs to sentences of atoms: words, punctuation, and whole quotations as one atom each.

A quotation is one atom because its words say nothing about the grammar of the sentence around it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsdesk_quotes.marks import Quoted

_ATOM = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Del|Hon|Supt|Messrs|Lt|Col|Jr|Sr|St|Prof|Rev|Capt|Sgt|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Inc|Corp|Co)\.(?=\s)"
    r"|[^\W\d_]\.(?=\s[^\W\d_])"  # an initial
    r"|\$?\d+(?:[.,:/-]\d+)*%?\w*"
    r"|[@#]?\w+(?:[-'’&/.]\w+)*(?:(?<=s)['’](?=\s\w))?"
    r"|--+|\.\.\.+|\S"
)
_ENDS = frozenset({".", "!", "?", "…", "...", "....", ". . ."})
LONGEST_SENTENCE = 250
"""Atoms. A sentence that is longer is cut: it is a list or a hostile text, and work must stay linear."""


class Atom(NamedTuple):
    text: str
    lower: str
    start: int
    end: int
    quoted: Quoted | None = None
    named: bool = False
    """Of a quotation: whether all its words have capitals, as a nickname or a title."""

    @property
    def is_word(self) -> bool:
        return self.quoted is None and (
            self.text[0].isalnum() or self.text[0] in "@#$" or (len(self.text) > 1 and self.text[1].isalnum())
        )

    @property
    def capital(self) -> bool:
        return self.quoted is None and (self.text[0].isupper() or self.text[0] in "@#")


class Sentence(NamedTuple):
    """Atoms from one full stop to the next. `first` and `last` say where it stands in its paragraph."""

    atoms: tuple[Atom, ...]
    paragraph: int
    role: str


def sentences(text: str, start: int, end: int, quotations: list[Quoted], paragraph: int, role: str) -> Iterator[Sentence]:
    """The sentences of one paragraph. A full stop inside a quotation ends no sentence unless the quotation ends with it."""
    current: list[Atom] = []
    atoms = list(_atoms(text, start, end, quotations))
    for index, atom in enumerate(atoms):
        current.append(atom)
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        if atom.text == ")" and index and atoms[index - 1].text in _ENDS and following is not None:
            ends = following.capital and len(current) > 1 and current[0].text == "("
        else:
            ends = following is None or len(current) >= LONGEST_SENTENCE or _ends(text, atom, following)
        if ends:
            yield Sentence(tuple(current), paragraph, role)
            current = []


def _atoms(text: str, start: int, end: int, quotations: list[Quoted]) -> Iterator[Atom]:
    position = start
    for each in quotations:
        yield from _plain(text, position, each.outer_start)
        shown = f"“{text[max(each.start, each.end - 1) : each.end]}”"
        yield Atom(shown, shown, each.outer_start, each.outer_end, each, _is_named(text, each))
        position = each.outer_end
    yield from _plain(text, position, end)


def _is_named(text: str, quoted: Quoted) -> bool:
    words = text[quoted.start : min(quoted.end, quoted.start + 60)].split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() for word in words) and words[-1][-1].isalnum()


def _plain(text: str, start: int, end: int) -> Iterator[Atom]:
    for match in _ATOM.finditer(text, start, end):
        word = match.group()
        yield Atom(word, word.lower(), match.start(), match.end())


def _ends(text: str, atom: Atom, following: Atom) -> bool:
    if atom.quoted:
        last = text[max(atom.quoted.start, atom.quoted.end - 1) : atom.quoted.end]
        if following.quoted:
            return last in (".", "!", "?", "…")
        return (last == "." and following.text[0].isupper()) or (
            last in "!?…" and following.text[0].isupper() and not _verb_near(following)
        )
    if atom.text not in _ENDS:
        return False
    if atom.text in ("…", "..."):
        return following.capital
    if following.text == ")" or (atom.end == following.start and not following.quoted):
        return False
    return bool(following.quoted) or not following.text[0].islower()


def _verb_near(following: Atom) -> bool:
    """“Why?” Smith asked: after a question or a shout, a name may go on with the sentence."""
    return following.lower not in (
        "the",
        "but",
        "and",
        "in",
        "on",
        "it",
        "this",
        "that",
        "there",
        "at",
        "when",
        "as",
        "then",
        "so",
    )
