"""From the words of a source to a speaker: name in its fullest form, role, kind. Unknown stays unknown."""

from typing import Any

from newsdesk_quotes import english as language
from newsdesk_quotes.findings import Finding, Paragraph
from newsdesk_quotes.people import People, runs, split_title

Speaker = dict[str, Any]
MEMORY = 3
"""Paragraphs. A pronoun looks no further back for the one it stands for."""


def speakers(text: str, paragraphs: list[Paragraph], found: list[Finding]) -> list[Speaker | None]:
    """For each finding its speaker, or None."""
    people = People(text, [(each.start, each.end) for each in paragraphs])
    named: list[tuple[int, Speaker]] = []
    result = []
    for finding in found:
        speaker = _speaker(text, paragraphs, finding, people, named)
        if speaker and speaker["kind"] == "person":
            named.append((finding.paragraph, speaker))
        result.append(speaker)
    return result


def _speaker(
    text: str, paragraphs: list[Paragraph], finding: Finding, people: People, named: list[tuple[int, Speaker]]
) -> Speaker | None:
    if finding.source is None:
        return None
    mention = text[slice(*finding.source)]
    if mention.lower() in language.MALE | language.FEMALE:
        return _pronoun(text, paragraphs, finding, people, named, mention)
    if mention.lower() in language.PRONOUNS | language.PLURAL:
        return None
    return describe(mention, people)


def describe(mention: str, people: People) -> Speaker:
    """A source that is no pronoun: a person's name, an organisation, a group or a document."""
    before_comma = mention.split(",")[0].strip()
    parts = [part.strip() for part in mention.split(",")]
    person = next((found for part in parts[:2] if (found := _person(part, people))), None)
    if person:
        name, title = person
        role = title or _apposition(parts) or people.role(name)
        return {"name": name, "mention": mention, "role": role, "kind": "person"}
    words = before_comma.split()
    bare = [word.strip("'’s.").lower() for word in words]
    head = _head(bare)
    name = " ".join(
        words[1:] if bare and bare[0] in ("the", "a", "an") and any(word[:1].isupper() for word in words[1:]) else words
    )
    kind = "person"
    if head in language.DOCUMENT_NOUNS:
        kind = "document"
    elif head in language.GROUP_NOUNS or (
        head.endswith("s") and head not in language.ORGANISATION_NOUNS and not name[:1].isupper()
    ):
        kind = "group"
    elif head in language.ORGANISATION_NOUNS or name[:1].isupper() or name.isupper():
        kind = "organisation"
    elif head not in language.role_nouns():
        kind = "person"
    return {"name": name or mention, "mention": mention, "role": None, "kind": kind}


def _head(words: list[str]) -> str:
    """The last word before a preposition: “a *spokesman* for the ministry”."""
    for index, word in enumerate(words):
        if index and word in language.PREPOSITIONS | language.CLAUSE_WORDS | {"who", "close", "familiar"}:
            return words[index - 1]
    return words[-1] if words else ""


def _person(part: str, people: People) -> tuple[str, str | None] | None:
    found = runs(part, 0, len(part))
    if not found:
        return None
    first, last, run = found[-1] if not _prepositional(part, found) else found[0]
    if last < len(part.rstrip()) and not _prepositional(part, found):
        return None
    title, name = split_title(run.split())
    if not name or name[-1].lower() in language.ORGANISATION_NOUNS | language.GROUP_NOUNS | language.DOCUMENT_NOUNS:
        return None
    if len(name) == 1 and not people.is_known(name[0]) and not title:
        return None
    if len(name) > 1 and not (people.is_known(name[-1]) and _looks_personal(name)):
        return None
    full = people.fullest(" ".join(name))
    before = part[:first].strip()
    role = " ".join(word for word in title if word.rstrip(".") not in ("Mr", "Mrs", "Ms", "Miss", "Dr", "Sir")) or None
    if before and before.split()[-1].lower() in language.role_nouns():
        words = before.split()
        role = " ".join(words[1:] if words[0].lower() in ("the", "a", "an") else words) + (f" {role}" if role else "")
    return full, role or people.role(full)


def _prepositional(part: str, found: list[tuple[int, int, str]]) -> bool:
    """Whether the last name belongs to a preposition: in “Jane Doe of Acme Corp” the first is the speaker."""
    before = part[: found[-1][0]].split()
    return len(found) > 1 and bool(before) and before[-1].lower() in language.PREPOSITIONS | {"the"}


def _looks_personal(name: list[str]) -> bool:
    return not any(word.lower() in language.ORGANISATION_NOUNS for word in name) and not all(
        word.isupper() and len(word) > 2 for word in name
    )


def _apposition(parts: list[str]) -> str | None:
    if len(parts) < 2 or not parts[1]:
        return None
    words = ", ".join(parts[1:]).rstrip(", ").split()
    if not any(word.strip(",.").lower() in language.role_nouns() for word in words):
        return None
    return " ".join(words[1:] if words[0].lower() in ("a", "an", "the") else words)


def _pronoun(
    text: str, paragraphs: list[Paragraph], finding: Finding, people: People, named: list[tuple[int, Speaker]], mention: str
) -> Speaker | None:
    """The last person who fits: one who spoke, or one who is named between them and the pronoun."""
    wanted = "male" if mention.lower() in language.MALE else "female"
    start = paragraphs[max(0, finding.paragraph - 1)].start
    candidate = None
    for first, _, run in runs(text, start, finding.source[0]):
        if any(a <= first < b for a, b in finding.contents):
            continue
        _title, name = split_title(run.split())
        if name and people.is_known(name[-1]) and _looks_personal(name):
            full = people.fullest(" ".join(name))
            if people.gender(full) in (None, wanted):
                candidate = full
    for paragraph, speaker in reversed(named):
        if finding.paragraph - paragraph > MEMORY:
            break
        if people.gender(speaker["name"]) in (None, wanted):
            candidate = speaker["name"]
            break
    if candidate is None:
        return None
    return {"name": candidate, "mention": mention, "role": people.role(candidate), "kind": "person"}
