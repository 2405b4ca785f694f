"""The words of a source to a speaker: a person by name or description, an organisation, a group or a document."""

import re
from itertools import pairwise
from typing import Any

from newsdesk_quotes import english as language
from newsdesk_quotes.people import People, runs, split_title
from newsdesk_quotes.roles import bare_role, head

Speaker = dict[str, Any]
_BRACKETS = re.compile(r" ?\([^()]{0,60}\)?")
_SHORT = re.compile(r"\(([A-Z][A-Z&.-]{1,9})\)")
ARTICLES = frozenset({"the", "a", "an"})


def speaker(name: str, mention: str, role: str | None, kind: str) -> Speaker:
    return {"name": name, "mention": mention, "role": role, "kind": kind}


def parts_of(mention: str) -> list[str]:
    return [_BRACKETS.sub("", part).strip() for part in mention.split(",")]


def named_person(mention: str, people: People) -> Speaker | None:
    """The person whose name the source holds: “Jane Doe, a baker”, “The judge, Dame Jane Doe”."""
    parts = parts_of(mention)
    if len(parts) > 1 and parts[0] and head(parts[0].split()) in language.BODIES:
        return None
    if _several(parts[0], people):
        return speaker(parts[0], mention, None, "group")
    for number, part in enumerate(parts[:2]):
        found = _person(part, people)
        if found:
            name, within = found
            role = people.role(name)
            if number == 0:
                role = _apposition(parts) or role
            return speaker(name, mention, role or within, "person")
    return None


def _several(part: str, people: People) -> bool:
    """“Doe and Quill” are two."""
    found = runs(part, 0, len(part), cut=True)
    names = [people.fullest(run) for _, _, run in found]
    joined = any(part[left[1] : right[0]] == " and " for left, right in pairwise(found))
    return joined and len(found) == 2 and all(people.is_person(name) for name in names)


def _person(part: str, people: People) -> tuple[str, str | None] | None:
    """Name and role in one part of a source, if that part ends with a person's name (or has it before a preposition)."""
    found = runs(part, 0, len(part), cut=True)
    if not found:
        return None
    first, last, run = found[0] if _prepositional(part, found) else found[-1]
    if last < len(part) and part[last : last + 4].strip()[:2] not in ("of", "in", "fr", "wh", "’s"):
        return None
    words = run.title().split() if run.isupper() and len(run) > 3 else run.split()
    before = part[:first].split()
    title, name = split_title(words, before[-1] if before else "")
    bodies = language.ORGANISATION_NOUNS | language.GROUP_NOUNS | language.DOCUMENT_NOUNS
    if not name or name[-1].lower() in bodies or (before and before[-1].lower() in language.PREPOSITIONS and len(found) == 1):
        return None
    gender = language.HONORIFICS.get(title[-1].rstrip(".").lower()) if title else None
    full = people.fullest(" ".join(name), gender)
    described = bool(before) and before[-1].lower() in language.role_nouns()
    if people.is_body(full) or not (title or described or people.is_person(full) or _personal(part, name, people)):
        return None
    if name[-1].lower() in language.role_nouns() and not (gender or described or people.is_person(full)):
        return None
    words = [word for word in title if word.rstrip(".").lower() not in language.HONORIFICS and word not in ("Dr.", "Dr")]
    return full, " ".join(words) or None


def _personal(part: str, name: list[str], people: People) -> bool:
    """Two or three capitalised words and nothing else are a person's name more often than a company's."""
    if part != " ".join(name) or any(word.isupper() and len(word) > 2 for word in name) or people.is_common(name[-1]):
        return False
    return 2 <= len(name) <= 3


def _prepositional(part: str, found: list[tuple[int, int, str]]) -> bool:
    """Whether the last name belongs to a preposition: in “Jane Doe of Acme Corp” the first is the speaker."""
    before = part[: found[-1][0]].split()
    return len(found) > 1 and bool(before) and before[-1].lower() in language.PREPOSITIONS | {"the"}


def _apposition(parts: list[str]) -> str | None:
    words = ", ".join(part for part in parts[1:] if part).split()
    while words and words[0].strip(",").isdigit():
        words = words[1:]
    if not words or not any(word.strip(",.").lower() in language.role_nouns() for word in words):
        return None
    return None if words[0].lower() in ("who", "whose") else bare_role(words)


def described(mention: str, people: People) -> tuple[list[str], str, str] | None:
    """A source without a person's name: its words without article, their head, and what kind of speaker it is."""
    words = parts_of(mention)[0].split()
    if words and words[0].lower() in ARTICLES:
        words = words[1:]
    if not words:
        return None
    noun = head(words)
    kind = "organisation" if people.is_body(" ".join(words)) else kind_of(noun, words, mention)
    return (words, noun, kind) if kind else None


def kind_of(noun: str, words: list[str], mention: str) -> str | None:
    if noun in language.DOCUMENT_NOUNS and not (words[-1][:1].isupper() and noun in language.ORGANISATION_NOUNS):
        return "document"
    if noun in language.ORGANISATION_NOUNS:
        return "organisation"
    if noun in language.role_nouns():
        return "person"
    if noun in language.GROUP_NOUNS or any(word.lower() in language.GROUP_NOUNS for word in words):
        return "group"
    if words[0][:1].isupper() and words[-1][:1].isupper():
        return "organisation"
    if noun.endswith("s") and not noun.endswith("ss"):
        return "group"
    return "person" if mention.split()[0].lower() in language.DETERMINERS else None


def organisation(mention: str, words: list[str], people: People) -> Speaker:
    """An organisation under its own name, also where it stands after what it is: “The power company, Varne Energi”."""
    name, role = " ".join(words), people.body_role(" ".join(words))
    parts = parts_of(mention)
    if len(parts) > 1 and words[-1].islower() and parts[1].removeprefix("the ")[:1].isupper():
        name, role = parts[1].removeprefix("the "), bare_role(words)
        people.note_body(name, role)
    short = _SHORT.search(mention)
    if short:
        people.note_short(short.group(1), name)
    return speaker(name, mention, role, "organisation")
