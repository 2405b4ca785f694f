"""From the words of a source to a speaker: name in its fullest form, role, kind. Unknown stays unknown."""

import re
from typing import Any

from newsdesk_quotes import english as language
from newsdesk_quotes.findings import Finding, Paragraph
from newsdesk_quotes.people import People, runs, split_title

Speaker = dict[str, Any]
MEMORY = 3
"""Paragraphs. A pronoun looks no further back for the one it stands for."""
LOOK_BACK = 1_500
"""Characters. The same, where paragraphs are long."""
LONGEST = 500
"""Characters. A source that is longer names nobody; it is a sentence that was read wrongly."""
_BRACKETS = re.compile(r" ?\([^()]{0,60}\)?")
_POSSESSIVE = re.compile(r"['’]s?$")


def speakers(text: str, paragraphs: list[Paragraph], found: list[Finding]) -> list[Speaker | None]:
    """For each finding its speaker, or None."""
    people = People(text, [(each.start, each.end) for each in paragraphs])
    spoke: list[tuple[int, str]] = []
    result = []
    for finding in found:
        speaker = _speaker(text, paragraphs, finding, people, spoke)
        if speaker and speaker["kind"] == "person" and (people.is_person(speaker["name"]) or _proper(speaker["name"])):
            spoke.append((finding.paragraph, speaker["name"]))
        result.append(speaker)
    return result


def _speaker(
    text: str, paragraphs: list[Paragraph], finding: Finding, people: People, spoke: list[tuple[int, str]]
) -> Speaker | None:
    if finding.source is None or finding.source[1] - finding.source[0] > LONGEST:
        return None
    mention = text[slice(*finding.source)]
    lower = mention.lower()
    if finding.rule == "turn":
        return _turn(mention, people)
    if lower in language.MALE | language.FEMALE:
        name = _pronoun(text, paragraphs, finding, people, spoke, "male" if lower in language.MALE else "female")
    elif lower in ("who", "which", "that"):
        name = _antecedent(text, paragraphs, finding, people)
    elif lower in language.PRONOUNS | language.PLURAL:
        name = None
    else:
        return describe(mention, people)
    return {"name": name, "mention": mention, "role": people.role(name), "kind": "person"} if name else None


def _turn(label: str, people: People) -> Speaker | None:
    """The label of a turn in a conversation; “Q” and “A” name nobody."""
    if len(label) < 2:
        return None
    name = people.fullest(label.title() if label.isupper() else label)
    return {"name": name, "mention": label, "role": people.role(name), "kind": "person"}


def _proper(name: str) -> bool:
    """Whether this is a name in full, and not the description of somebody unnamed."""
    words = name.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def describe(mention: str, people: People) -> Speaker | None:
    """A source that is no pronoun: a person, an organisation, a group or a document; None where it is nobody."""
    parts = [_BRACKETS.sub("", part).strip() for part in mention.split(",")]
    person = next((found for part in parts[:2] if (found := _person(part, people))), None)
    if person:
        name, role = person
        return {"name": name, "mention": mention, "role": _apposition(parts) or role or people.role(name), "kind": "person"}
    words = parts[0].split()
    if words and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    if not words:
        return None
    head = _head(words)
    if head in language.role_nouns():
        name = people.with_role(words)
        if name:
            return {"name": name, "mention": mention, "role": people.role(name), "kind": "person"}
    kind = _kind(head, words, parts[0])
    if kind is None:
        return None
    name = " ".join(words) if any(word[:1].isupper() for word in words) else parts[0]
    return {"name": name, "mention": mention, "role": None, "kind": kind}


def _kind(head: str, words: list[str], mention: str) -> str | None:
    if head in language.DOCUMENT_NOUNS and not (words[-1][:1].isupper() and head in language.ORGANISATION_NOUNS):
        return "document"
    if head in language.ORGANISATION_NOUNS:
        return "organisation"
    if head in language.role_nouns():
        return "person"
    if head in language.GROUP_NOUNS or any(word.lower() in language.GROUP_NOUNS for word in words):
        return "group"
    if words[0][:1].isupper() and words[-1][:1].isupper():
        return "organisation"
    if head.endswith("s") and not head.endswith("ss"):
        return "group"
    return "person" if mention.split()[0].lower() in language.DETERMINERS else None


def _head(words: list[str]) -> str:
    """The last word before a preposition: “a *spokesman* for the ministry”."""
    bare = [_POSSESSIVE.sub("", word).strip(".").lower() for word in words]
    for index, word in enumerate(bare):
        if index and word in language.PREPOSITIONS | language.CLAUSE_WORDS | {"who", "close", "familiar"}:
            return bare[index - 1]
    return bare[-1]


def _person(part: str, people: People) -> tuple[str, str | None] | None:
    """Name and role in one part of a source, if that part ends with a person's name (or has it before a preposition)."""
    found = runs(part, 0, len(part))
    if not found:
        return None
    first, last, run = found[0] if _prepositional(part, found) else found[-1]
    if last < len(part) and part[last : last + 4].strip()[:2] not in ("of", "in", "fr", "wh", "’s"):
        return None
    words = run.title().split() if run.isupper() and len(run) > 3 else run.split()
    title, name = split_title(words)
    if (
        not name
        or name[-1].lower()
        in language.ORGANISATION_NOUNS | language.GROUP_NOUNS | language.DOCUMENT_NOUNS | language.role_nouns()
    ):
        return None
    gender = language.HONORIFICS.get(title[-1].rstrip(".").lower()) if title else None
    full = people.fullest(" ".join(name), gender)
    if not title and not people.is_person(full) and not _personal(part, name):
        return None
    return full, _role_within(part[:first].split(), title) or people.role(full)


def _personal(part: str, name: list[str]) -> bool:
    """Two or three capitalised words and nothing else are a person's name more often than a company's."""
    return 2 <= len(name) <= 3 and part == " ".join(name) and not any(word.isupper() and len(word) > 2 for word in name)


def _role_within(before: list[str], title: list[str]) -> str | None:
    """“Russian Foreign Minister” or “longtime pollster” before the name itself."""
    words = [word for word in title if word.rstrip(".").lower() not in language.HONORIFICS and word not in ("Dr.", "Dr")]
    if before and (
        before[-1].lower() in language.role_nouns() or (words and before[-1].lower() in ("former", "acting", "then"))
    ):
        words = [*(before[1:] if before[0].lower() in ("the", "a", "an") else before), *words]
    return " ".join(words) or None


def _prepositional(part: str, found: list[tuple[int, int, str]]) -> bool:
    """Whether the last name belongs to a preposition: in “Jane Doe of Acme Corp” the first is the speaker."""
    before = part[: found[-1][0]].split()
    return len(found) > 1 and bool(before) and before[-1].lower() in language.PREPOSITIONS | {"the"}


def _apposition(parts: list[str]) -> str | None:
    if len(parts) < 2 or not parts[1]:
        return None
    words = ", ".join(part for part in parts[1:] if part).split()
    if words[0].lower() in ("who", "whose") or not any(word.strip(",.").lower() in language.role_nouns() for word in words):
        return None
    return " ".join(words[1:] if words[0].lower() in ("a", "an", "the") else words).rstrip(".")


def _antecedent(text: str, paragraphs: list[Paragraph], finding: Finding, people: People) -> str | None:
    """The name right before “who”."""
    start = paragraphs[finding.paragraph].start
    found = runs(text, max(start, finding.source[0] - 120), finding.source[0]) if finding.source else []
    if not found or text[found[-1][1] : finding.source[0]].strip(" ,"):
        return None
    _, name = split_title(found[-1][2].split())
    full = people.fullest(" ".join(name))
    return full if people.is_person(full) else None


def _pronoun(
    text: str, paragraphs: list[Paragraph], finding: Finding, people: People, spoke: list[tuple[int, str]], gender: str
) -> str | None:
    """The last speaker who fits; else the last fitting person who is named shortly before the pronoun."""
    for paragraph, name in reversed(spoke):
        if finding.paragraph - paragraph > MEMORY:
            break
        if people.gender(name) in (None, gender):
            return name
    if finding.source is None:
        return None
    start = max(paragraphs[max(0, finding.paragraph - 1)].start, finding.source[0] - LOOK_BACK)
    for first, run in people.named_before(finding.source[0], start):
        _, name = split_title(run.split())
        if not name or any(begin <= first < end for begin, end in finding.contents):
            continue
        full = people.fullest(_POSSESSIVE.sub("", " ".join(name)), gender)
        if people.is_person(full) and people.gender(full) in (None, gender):
            return full
    return None
