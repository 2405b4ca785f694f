"""The names in a document: fullest forms, roles and what sort of speaker each is. Nothing is known but what the text says."""

import re
from collections import Counter
from dataclasses import dataclass, field

from newsdesk_quotes import english as language

_NAME_WORD = r"(?:[A-ZÀ-ÞŁŚŽČŞİ]\.(?:[A-Z]\.)*|(?:[A-ZÀ-ÞŁŚŽČŞİ]|[dDLO]['’][A-Z]|al-|el-)[\w]*(?:[-'’](?!s\b)\w+)*)"
_PARTICLE = r"(?:de|del|della|da|dos|van|von|der|den|bin|ibn|al|el|la|le|di|ter|ten|y)"
_RUN = re.compile(rf"{_NAME_WORD}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,2}}{_NAME_WORD}){{0,7}}")
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Dame)\b\.?$")
_POSSESSIVE = re.compile(r"['’]s?$")
_NOT_NAMES = (
    language.DETERMINERS
    | language.CLAUSE_WORDS
    | language.PREPOSITIONS
    | language.PRONOUNS
    | language.ADVERBS
    | language.TIMES
    | language.MONTHS
)


@dataclass
class Person:
    """One name of the document, in its fullest form."""

    name: str
    role: str | None = None
    gender: str | None = None
    mentions: list[int] = field(default_factory=list)


def split_title(words: list[str]) -> tuple[list[str], list[str]]:
    """Capitalised words to title and name: “Russian Foreign Minister Sergey Lavrov”."""
    cut = 0
    for index, word in enumerate(words[:-1]):
        if word.rstrip(".").lower() in language.TITLES:
            cut = index + 1
    return words[:cut], words[cut:]


def runs(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The stretches of capitalised words that may be names."""
    found = []
    for match in _RUN.finditer(text, start, end):
        first, words = match.start(), match.group().split()
        while words and words[0].lower() in _NOT_NAMES:
            first = text.find(words[1], first + len(words[0])) if len(words) > 1 else first
            words = words[1:]
        if words:
            found.append((first, match.end(), " ".join(words)))
    return found


class People:
    """All names of two words and more, by their last word."""

    def __init__(self, text: str, places: list[tuple[int, int]]):
        self._by_last: dict[str, Counter[str]] = {}
        self._roles: dict[str, str] = {}
        self._gender: dict[str, str] = {}
        for start, end in places:
            self._read(text, start, end)

    def _read(self, text: str, start: int, end: int) -> None:
        for first, last, run in runs(text, start, end):
            title, name = split_title(run.split())
            if not name or len(name) > 4:
                continue
            bare = _POSSESSIVE.sub("", name[-1])
            if title and _HONORIFIC.match(title[-1]):
                self._gender.setdefault(
                    bare, "male" if title[-1].startswith(("Mr.", "Sir", "Lord")) or title[-1] == "Mr" else "female"
                )
            if len(name) >= 2:
                full = " ".join([*name[:-1], bare])
                self._by_last.setdefault(bare, Counter())[full] += 1
                role = _role_before(text, start, first, title) or _role_after(text, last, end)
                if role:
                    self._roles.setdefault(bare, role)
            elif title:
                role = _title_role(title)
                if role:
                    self._roles.setdefault(bare, role)

    def fullest(self, name: str) -> str:
        """The commonest longer form that ends with the same word; the name itself if the document has none."""
        words = name.split()
        if len(words) > 1:
            return name
        known = self._by_last.get(words[-1])
        if not known:
            return name
        first_said = list(known)
        return max(known, key=lambda full: (known[full], -first_said.index(full)))

    def role(self, name: str) -> str | None:
        return self._roles.get(name.split()[-1])

    def is_known(self, last: str) -> bool:
        return last in self._by_last

    def gender(self, name: str) -> str | None:
        last = name.split()[-1]
        first = name.split()[0].lower()
        if last in self._gender:
            return self._gender[last]
        if len(name.split()) > 1:
            return language.given_name_gender(first)
        return None


def _title_role(title: list[str]) -> str | None:
    words = [word for word in title if not _HONORIFIC.match(word)]
    return " ".join(words) or None


def _role_before(text: str, floor: int, first: int, title: list[str]) -> str | None:
    """The title in capitals, with the small words before it: “former U.S. Ambassador”, “longtime pollster”."""
    capital = _title_role(title)
    before = re.search(r"((?:[\w.'’-]+ ){1,6})$", text[max(floor, first - 80) : first])
    small: list[str] = []
    for word in reversed(before.group(1).split() if before else []):
        if word.lower() in _NOT_NAMES or word.lower() in language.verbs() or not (word.islower() or small):
            break
        small.insert(0, word)
    if capital and small and small[0] in ("former", "then", "acting", "deputy", "vice"):
        return f"{' '.join(small)} {capital}"
    if capital:
        return capital
    return " ".join(small) if small and small[-1] in language.role_nouns() else None


_APPOSITION = re.compile(r", ((?:an?|the|his|her|their|[a-z][\w-]*|[A-Z][\w-]*['’]s)(?: [\w.&'’-]+){0,10})(?=[,.;:—–]|$)")


def _role_after(text: str, last: int, end: int) -> str | None:
    match = _APPOSITION.match(text, last, min(end, last + 140))
    if not match:
        return None
    words = match.group(1).split()
    if not any(word.lower() in language.role_nouns() for word in words[:8]) or any(
        word.lower() in language.verbs() for word in words
    ):
        return None
    return " ".join(words[1:] if words[0].lower() in ("a", "an", "the") else words)
