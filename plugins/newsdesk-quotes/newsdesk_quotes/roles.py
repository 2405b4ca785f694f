"""What the text says that somebody is: titles and nouns before a name, and appositions on either side of it."""

import re

from newsdesk_quotes import english as language

_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Dame)\b\.?$")
_SINGULAR = re.compile(r"['’]s$")
_BREAK = re.compile(r"[,;:.!?—–“”\"()\n]")
_APPOSITION = re.compile(
    r",(?: (?:aged )?\d{1,3},)? ((?:an?|the|his|her|their|[a-z][\w-]*|[A-Z][\w-]*['’]s)(?: [\w.&'’-]+){0,16})(?=[,.;:—–]|$)"
)
_RELATIVE = re.compile(r"(?:^| )(?:who|whose|which|that)\b")
_STOPS = (
    language.DETERMINERS
    | language.CLAUSE_WORDS
    | language.PREPOSITIONS
    | language.PRONOUNS
    | language.ADVERBS
    | language.TIMES
    | language.MONTHS
)
REACH = 120
"""Characters. No description of a person is longer."""


def head(words: list[str]) -> str:
    """The last word before a preposition: “a *spokesman* for the ministry”."""
    bare = [_SINGULAR.sub("", word).strip(".,").lower() for word in words]
    for index, word in enumerate(bare):
        if index and word in language.PREPOSITIONS | language.CLAUSE_WORDS | {"who", "close", "familiar"}:
            return bare[index - 1]
        if index and word.endswith("ed") and bare[index - 1] in language.DOCUMENT_NOUNS:
            return bare[index - 1]  # “a poll released last week”
    return bare[-1]


def bare_role(words: list[str]) -> str | None:
    """A description without article and possessive; “the *traders’* spokesman” keeps what sort of spokesman it is."""
    relation = words and words[-1].lower() in language.RELATIONS
    if relation and (words[0].lower() in language.POSSESSIVES or _SINGULAR.search(words[0])):
        return None
    nouns = next((at for at, word in enumerate(words) if word.lower() in language.PREPOSITIONS), len(words))
    owner = max((at for at, word in enumerate(words[: nouns - 1]) if _SINGULAR.search(word)), default=-1)
    words = words[owner + 1 :]
    if words and words[0].lower() in language.DETERMINERS:
        words = words[1:]
    return _RELATIVE.split(" ".join(words))[0].rstrip(".,") or None


def title_role(title: list[str]) -> str | None:
    return " ".join(word for word in title if not _HONORIFIC.match(word)) or None


def role_before(text: str, floor: int, first: int, title: list[str], nouns: frozenset[str]) -> str | None:
    """The title in capitals with the small words before it: “former U.S. Ambassador”, “longtime pollster”, “harbour master”."""
    capital = None if title and title[-1].endswith(".") else title_role(title)
    small = _nouns_before(text[max(floor, first - 80) : first])
    if capital and small and small[0] in ("former", "then", "acting", "deputy", "vice"):
        return f"{' '.join(small)} {capital}"
    if capital:
        return capital
    return " ".join(small) if small and small[-1] in nouns else None


def _nouns_before(text: str) -> list[str]:
    found = re.search(r"((?:[\w.'’-]+ ){1,6})$", text)
    small: list[str] = []
    for word in reversed(found.group(1).split() if found else []):
        stops = word.lower() in _STOPS or (word.lower() in language.verbs() and word.lower() not in language.role_nouns())
        if stops or _SINGULAR.search(word) or word.endswith(".") or not (word.islower() or small):
            break
        small.insert(0, word)
    return small


def described_before(text: str, floor: int, first: int) -> list[str]:
    """The words of “The union’s secretary, ” right before a name; none if that is no description."""
    before = text[max(floor, first - REACH) : first]
    before = before.removesuffix("the ").rstrip(" ")
    if not before.endswith(","):
        return []
    words = _BREAK.split(before[:-1])[-1].split()
    verb = max((at for at, word in enumerate(words) if word.lower() in language.verbs()), default=-1)
    words = words[verb + 1 :]
    opens = words and (words[0].lower() in language.DETERMINERS or bool(_SINGULAR.search(words[0])))
    return words if opens and len(words) > 1 and not any(word.lower() in language.AUXILIARIES for word in words) else []


def role_after(text: str, last: int, end: int) -> str | None:
    """“Jane Doe, 61, *a baker in Oxbow* who ...,”."""
    match = _APPOSITION.match(text, last, min(end, last + 140))
    if not match:
        return None
    words = _RELATIVE.split(match.group(1))[0].split()
    named = any(word.lower() in language.role_nouns() for word in words[:8])
    if not named or any(word.lower() in language.verbs() and word.lower() not in language.role_nouns() for word in words):
        return None
    return bare_role(words)
