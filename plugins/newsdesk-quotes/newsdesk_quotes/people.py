"""The names in a document: fullest forms, roles and what sort of speaker each is. Nothing is known but what the text says."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from newsdesk_quotes import english as language

_NAME_WORD = (
    r"(?:(?:Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Rev|Lt|Col|Del)\."
    r"|[A-ZÀ-ÞŁŚŽČŞİ]\.(?:[A-Z]\.)*"
    r"|(?:[A-ZÀ-ÞŁŚŽČŞİ]|[dDLO]['’][A-Z]|al-|el-)[\w]*(?:[-'’](?!s\b)\w+)*)"
)
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
    """The names of a document: full forms by their last word, with roles and what pronoun may stand for them."""

    def __init__(self, text: str, places: list[tuple[int, int]]):
        self._full: dict[str, Counter[str]] = {}
        self._alone: Counter[str] = Counter()
        self._roles: dict[str, str] = {}
        self._gender: dict[str, str] = {}
        self._titled: set[str] = set()
        self._runs: list[tuple[int, int, str]] = []
        for start, end in places:
            self._read(text, start, end)

    def _read(self, text: str, start: int, end: int) -> None:
        found = runs(text, start, end)
        self._runs += found
        for first, last, run in found:
            title, name = split_title(run.split())
            if not name or len(name) > 4:
                continue
            bare = _POSSESSIVE.sub("", name[-1])
            full = " ".join([*name[:-1], bare])
            if title:
                self._titled.add(bare)
                self._note_gender(title[-1], bare)
            if len(name) == 1:
                self._alone[bare] += 1
                role = _title_role(title)
            else:
                self._full.setdefault(bare, Counter())[full] += 1
                role = _role_before(text, start, first, title) or _role_after(text, last, end)
            if role:
                self._roles.setdefault(full, role.rstrip("."))

    def _note_gender(self, title: str, last: str) -> None:
        word = title.rstrip(".").lower()
        if word in language.HONORIFICS:
            self._gender.setdefault(last, language.HONORIFICS[word])

    def fullest(self, name: str, gender: str | None = None) -> str:
        """The commonest longer form that ends with the same word and fits the gender; the name itself if there is none."""
        if len(name.split()) > 1:
            return name
        known = self._full.get(name, {})
        fitting = [full for full in known if gender is None or self.gender(full) in (None, gender)]
        order = list(known)
        return max(fitting, key=lambda full: (known[full], -order.index(full)), default=name)

    def role(self, name: str) -> str | None:
        """The role that the text gives this person, under the full name or, if only one bears it, the surname."""
        last = name.split()[-1]
        alone = self._roles.get(last) if len(self._full.get(last, ())) <= 1 else None
        return self._roles.get(name) or alone

    def with_role(self, words: list[str]) -> str | None:
        """The one person whose role has all these words: “the foreign minister” in a text about one foreign minister."""
        wanted = {word.lower() for word in words}
        fitting = {self.fullest(name) for name, role in self._roles.items() if wanted <= set(role.lower().split())}
        return fitting.pop() if len(fitting) == 1 and wanted else None

    def named_before(self, end: int, start: int) -> Iterator[tuple[int, str]]:
        """The names between two places of the text, the nearest to `end` first."""
        for index in range(bisect_left(self._runs, (end,)) - 1, -1, -1):
            first, _, run = self._runs[index]
            if first < start:
                return
            yield first, run

    def is_person(self, name: str) -> bool:
        """Whether the text treats this name as a person's: a title, a given name, or the surname alone."""
        words = name.split()
        if any(word.lower() in language.ORGANISATION_NOUNS for word in words):
            return False
        if words[-1] in self._titled or name in self._roles:
            return True
        if len(words) < 2 or (len(words[0]) > 2 and words[0].isupper() and words[-1].isupper()):
            return False
        return language.given_name_gender(words[0].lower()) is not None or self._alone[words[-1]] > 0

    def gender(self, name: str) -> str | None:
        words = name.split()
        given = language.given_name_gender(words[0].lower()) if len(words) > 1 else None
        if given or len(self._full.get(words[-1], ())) > 1:
            return given
        return self._gender.get(words[-1])


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
