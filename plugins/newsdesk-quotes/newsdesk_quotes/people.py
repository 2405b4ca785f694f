"""The names in a document: fullest forms, roles and what sort of speaker each is. Nothing is known but what the text says."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from newsdesk_quotes import english as language
from newsdesk_quotes.roles import bare_role, described_before, head, role_after, role_before, title_role

_NAME_WORD = (
    r"(?:(?:Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Rev|Lt|Col|Del)\."
    r"|[A-ZÀ-ÞŁŚŽČŞİ]\.(?:[A-Z]\.)*"
    r"|(?:[A-ZÀ-ÞŁŚŽČŞİ]|[dDLO]['’][A-Z]|al-|el-)[\w]*(?:[-'’](?!s\b)\w+)*)"
)
_PARTICLE = r"(?:de|del|della|da|dos|van|von|der|den|bin|ibn|al|el|la|le|di|ter|ten|y)"
_NICKNAME = r"[“\"‘'][A-Z][\w-]{0,20}[”\"’']"
_RUN = re.compile(rf"{_NAME_WORD}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,2}}(?:{_NICKNAME}[ \u00a0])?{_NAME_WORD}){{0,7}}")
_ABBREVIATIONS = frozenset({"Col", "Gen", "Gov", "Rep", "Sen", "Prof", "Rev", "Del"})
_AFTER_NAMES = frozenset({"KC", "QC", "MP", "MEP", "MSP", "MD", "PhD", "OBE", "MBE", "CBE"})
_PERSONAL = re.compile(r",? (?:who|whose)\b|, \d{2}\b(?=[,.])")
_JOINED = re.compile(r"[A-Z][\w’'-]+ & [A-Z][\w’'-]+")
_LONG_NAME = re.compile(r"((?:[A-Z][\w’'-]* ){0,3}[A-Z][\w’'-]*)(?= ([a-z]{3,})(?: ([a-z]{3,}))?|)")
_CORPORATE = re.compile(r", which\b|'s? (?:website|shares|headquarters)\b")
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?:…][”\"’')]*\s+|[“‘\"]|\n)\W*$")
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


def split_title(words: list[str], before: str = "") -> tuple[list[str], list[str]]:
    """Capitalised words to title and name: “Russian Foreign Minister Sergey Lavrov”.

    After a noun for a role (`before`), “Col” without its full stop is a given name.
    """
    given = words[0] in _ABBREVIATIONS and before.lower() in language.role_nouns()
    cut = 0
    for index, word in enumerate(words[:-1]):
        if word.rstrip(".").lower() in language.TITLES and not (given and index == 0):
            cut = index + 1
    name = words[cut:]
    while len(name) > 2 and name[-1] in _AFTER_NAMES:
        name = name[:-1]
    return words[:cut], name


def runs(text: str, start: int, end: int, *, cut: bool = False) -> list[tuple[int, int, str]]:
    """The stretches of capitalised words that may be names, in a text or in what was `cut` from within a sentence."""
    found = []
    for match in _RUN.finditer(text, start, end):
        first, words = match.start(), match.group().split()
        while words and words[0].lower() in _NOT_NAMES and not _given(text, first, words, cut):
            first = text.find(words[1], first + len(words[0])) if len(words) > 1 else first
            words = words[1:]
        if words:
            found.append((first, match.end(), " ".join(words)))
    return found


def _given(text: str, first: int, words: list[str], cut: bool) -> bool:
    """“said Per Holm”: a capital within a sentence makes a name of a word that is a preposition elsewhere."""
    return (
        words[0].lower() in language.PREPOSITIONS and len(words) > 1 and (cut or text[max(0, first - 2) : first - 1].islower())
    )


class People:
    """The names of a document: full forms by their last word, with roles and what pronoun may stand for them."""

    def __init__(self, text: str, places: list[tuple[int, int]]):
        self._full: dict[str, Counter[str]] = {}
        self._alone: Counter[str] = Counter()
        self._roles: dict[str, str] = {}
        self._gender: dict[str, str] = {}
        self._titled: set[str] = set()
        self._text = text
        self._long: dict[str, str] = {}
        self._heads = _long_names(text)
        self._bodies: set[str] = set()
        self._body_roles: dict[str, str] = {}
        self._runs: list[tuple[int, int, str]] = []
        self._small = frozenset(re.findall(r"\b[a-z][\w-]*", text))
        self._capital = frozenset(re.findall(r"(?<=[a-z,] )[A-Z][\w-]*", text))
        for start, end in places:
            self._read(text, start, end)

    def _read(self, text: str, start: int, end: int) -> None:
        found = runs(text, start, end)
        self._runs += found
        for first, last, run in found:
            before = text[max(start, first - 24) : first].split()
            title, name = split_title(run.split(), before[-1] if before else "")
            if not name or len(name) > 5:
                continue
            bare = _POSSESSIVE.sub("", name[-1])
            full = " ".join([*name[:-1], bare])
            if title:
                self._titled.add(bare)
                self._note_gender(title[-1], bare)
            if len(name) == 1:
                self._alone[bare] += 1
            else:
                self._full.setdefault(bare, Counter())[full] += 1
            self._read_roles(text, (start, first, last, end), full, title)

    def _read_roles(self, text: str, places: tuple[int, int, int, int], full: str, title: list[str]) -> None:
        start, first, last, end = places
        bare = full.split()[-1]
        if _PERSONAL.match(text, last, end):
            self._titled.add(bare)
        if _CORPORATE.match(text, last, end):
            self._bodies.add(full)
        body = role_before(text, start, first, [], language.BODIES)
        if body and not title:
            self._bodies.add(full)
            self._body_roles.setdefault(full, self.uncapitalised(body, text, first - len(body) - 1))
            return
        described = described_before(text, start, first) if text[last : last + 1] in ("", ",", ".", ";", ":", "\n") else []
        role = role_before(text, start, first, title, language.role_nouns()) or role_after(text, last, end)
        if described and described[0].lower() in ("his", "her") and head(described) not in language.ORGANISATION_NOUNS:
            self._titled.add(bare)
        if described and head(described) in language.role_nouns():
            self._titled.add(bare)
            self._note_gender(described[-1], bare)
            role = role or bare_role(described)
        role = role or title_role(title)
        if role and role.split()[-1].lower() not in language.RELATIONS:
            self._roles.setdefault(full, self.uncapitalised(role, text, text.rfind(role, start, last)).rstrip("."))
        elif role:
            self._titled.add(bare)

    def uncapitalised(self, words: str, text: str, start: int) -> str:
        """“*H*arbour master” as within a sentence: the first word loses a capital that only the sentence gave it."""
        first, _, rest = words.partition(" ")
        common = first.lower() in language.GROUP_NOUNS and rest[:1].islower()
        opens = start >= 0 and _SENTENCE_STARTS.search(text[max(0, start - 12) : start])
        if not opens or not (first[1:].isalpha() and first[1:].islower()) or (rest != rest.lower() and not common):
            return words
        if first in self._capital and first.lower() not in self._small:
            return words
        return f"{first[0].lower()}{first[1:]}{' ' if rest else ''}{rest}"

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

    def body_role(self, name: str) -> str | None:
        """What an organisation is, as the text gives it: “the power company, Varne Energi”."""
        return self._body_roles.get(name)

    def note_body(self, name: str, role: str | None) -> None:
        self._bodies.add(name)
        if role:
            self._body_roles.setdefault(name, role)

    def is_body(self, name: str) -> bool:
        return name in self._bodies

    def note_short(self, short: str, name: str) -> None:
        self._long[short] = name

    def give_role(self, name: str, role: str) -> None:
        self._roles.setdefault(name, role)
        self._titled.add(name.split()[-1])

    def long_form(self, words: list[str], definite: bool) -> str | None:
        """The name behind an abbreviation, or behind the last word of a name: “the authority”, “the audit”."""
        name = " ".join(words)
        if name in self._long:
            return self._long[name]
        if not definite or len(words) > 1 or not name.islower() or name in language.BODIES:
            return None
        fitting = self._heads.get(name, set())
        return next(iter(fitting)) if len(fitting) == 1 else None

    def bodies_between(self, start: int, end: int) -> list[tuple[int, str]]:
        """The names of a stretch that are no persons, from left to right."""
        found = []
        for first, run in self.named_before(end, start):
            joined = _JOINED.match(self._text, first, end)
            name = joined.group() if joined else run
            if joined or not self.is_person(self.fullest(name)):
                found.append((first, name))
        found.reverse()
        covered = {at + name.find("& ") + 2 for at, name in found if "& " in name}
        return [each for each in found if each[0] not in covered]

    def is_common(self, word: str) -> bool:
        """Whether the text uses the word in small letters too, as it does with no surname."""
        return not self._small.isdisjoint({word.lower(), word.lower().removesuffix("s")})

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
        if name in self._bodies:
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


def _long_names(text: str) -> dict[str, set[str]]:
    """The names of a text by the word that may stand for them: “authority” for “Calder Sea licensing authority”."""
    found: dict[str, set[str]] = {}
    for match in _LONG_NAME.finditer(text):
        words = match.group(1).split()
        words = words[words[0].lower() in _NOT_NAMES :]
        small = [word for word in match.groups()[1:] if word]
        for count in range(len(small) + 1):
            name = [*words, *small[:count]]
            if words and len(name) > 1:
                found.setdefault(name[-1].lower(), set()).add(" ".join(name))
    return found
