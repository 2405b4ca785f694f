"""From the words of a source to a speaker: name in its fullest form, role, kind. Unknown stays unknown."""

import re
from bisect import bisect_right

from newsdesk_quotes import english as language
from newsdesk_quotes.describing import Speaker, described, named_person, organisation, speaker
from newsdesk_quotes.findings import Finding, Paragraph
from newsdesk_quotes.people import People, runs, split_title
from newsdesk_quotes.roles import bare_role

MEMORY = 3
"""Paragraphs. A pronoun looks no further back for the one it stands for."""
LOOK_BACK = 1_500
"""Characters. The same, where paragraphs are long."""
LONGEST = 500
"""Characters. A source that is longer names nobody; it is a sentence that was read wrongly."""
_POSSESSIVE = re.compile(r"['’]s?$")
_SENTENCE = re.compile(r"[.!?…][”\"’']?\s+(?=[^\W\d_a-z]|[“\"‘'])")


def speakers(text: str, paragraphs: list[Paragraph], found: list[Finding]) -> list[Speaker | None]:
    """For each finding its speaker, or None."""
    naming = _Naming(text, paragraphs, found)
    named = {}
    for finding in sorted(found, key=lambda each: each.source or each.contents[0]):
        named[id(finding)] = naming.speaker(finding)
    return naming.settled([named[id(finding)] for finding in found])


class _Naming:
    """Sources in the order of the text, with those who spoke before."""

    def __init__(self, text: str, paragraphs: list[Paragraph], found: list[Finding]):
        self._text, self._paragraphs = text, paragraphs
        self._people = People(text, [(each.start, each.end) for each in paragraphs])
        self._starts = [each.start for each in paragraphs]
        self._spoke: list[tuple[int, int, str]] = []
        self._unnamed: dict[str, Speaker] = {}
        self._quoted = sorted((each.outer_start, each.outer_end) for one in found for each in one.quotations)

    def speaker(self, finding: Finding) -> Speaker | None:
        if finding.source is None or finding.source[1] - finding.source[0] > LONGEST:
            return None
        mention = self._text[slice(*finding.source)]
        number = max(0, bisect_right(self._starts, finding.source[0]) - 1)
        result = self._named(finding, mention, finding.source[0], number)
        if result and finding.more_sources:
            places = [finding.source, *finding.more_sources]
            result["mention"] = " ".join(self._text[start:end] for start, end in places)
        if result and result["kind"] == "person" and (self._people.is_person(result["name"]) or _proper(result["name"])):
            self._spoke.append((number, finding.source[0], result["name"]))
            if result["role"]:
                self._people.give_role(result["name"], result["role"])
        return result

    def settled(self, found: list[Speaker | None]) -> list[Speaker | None]:
        """A role that the text gave only later is everybody's from the start."""
        for each in found:
            if each and each["kind"] == "person" and not each["role"]:
                each["role"] = self._people.role(each["name"])
        return found

    def _named(self, finding: Finding, mention: str, place: int, number: int) -> Speaker | None:
        lower = mention.lower()
        if finding.rule == "turn":
            return self._turn(mention)
        if lower in language.MALE | language.FEMALE:
            name = self._pronoun(place, number, "male" if lower in language.MALE else "female")
        elif lower in ("who", "which", "that"):
            name = self._antecedent(place, number)
        elif lower in language.PRONOUNS | language.PLURAL:
            name = None
        else:
            return named_person(mention, self._people) or self._described(mention, place, number)
        return speaker(name, mention, self._people.role(name), "person") if name else None

    def _turn(self, label: str) -> Speaker | None:
        """The label of a turn in a conversation; “Q” and “A” name nobody."""
        if len(label) < 2:
            return None
        name = self._people.fullest(label.title() if label.isupper() else label)
        return speaker(name, label, self._people.role(name), "person")

    def _described(self, mention: str, place: int, number: int) -> Speaker | None:
        """A description: of somebody or something that the text names elsewhere, or of one that it does not name."""
        found = described(mention, self._people)
        if found is None:
            return None
        words, noun, kind = found
        definite = mention.split()[0].lower() == "the"
        full = self._people.long_form(words, definite)
        if full and kind != "person":
            return speaker(full, mention, self._people.body_role(full), kind)
        if kind == "person":
            return self._holder(mention, words, noun, definite, place, number)
        if kind == "organisation" and definite and len(words) == 1 and noun in language.BODIES:
            name = self._body(place, number)
            if name:
                return speaker(name, mention, self._people.body_role(name), kind)
        if kind == "organisation":
            return organisation(mention, words, self._people)
        name = " ".join(words)
        start = place if mention.startswith(name) else -1
        return speaker(self._people.uncapitalised(name, self._text, start), mention, None, kind)

    def _holder(self, mention: str, words: list[str], noun: str, definite: bool, place: int, number: int) -> Speaker:
        """The person with this role; else the one described so before, or spoken of right before; else a new one."""
        name = self._people.with_role(words)
        if name:
            return speaker(name, mention, self._people.role(name), "person")
        if definite and noun in self._unnamed:
            return {**self._unnamed[noun], "mention": mention}
        if definite and noun in language.role_nouns():
            near = self._near(place, number, None)
            if near and not self._people.role(near):
                self._people.give_role(near, " ".join(words))
                return speaker(near, mention, " ".join(words), "person")
        name = not definite and all(word[:1].isupper() for word in words)
        role = bare_role(words) if noun in language.role_nouns() and not name else None
        result = speaker(self._people.uncapitalised(" ".join(words), self._text, place), mention, role, "person")
        self._unnamed.setdefault(noun, result)
        return result

    def _antecedent(self, place: int, number: int) -> str | None:
        """The name right before “who”."""
        found = runs(self._text, max(self._starts[number], place - 120), place)
        if not found or self._text[found[-1][1] : place].strip(" ,"):
            return None
        _, name = split_title(found[-1][2].split())
        full = self._people.fullest(" ".join(name))
        return full if self._people.is_person(full) else None

    def _pronoun(self, place: int, number: int, gender: str) -> str | None:
        """Whom the sentences before are about; else the last speaker who fits; else the last person named who fits."""
        near = self._near(place, number, gender)
        if near:
            return near
        for paragraph, _, name in reversed(self._spoke):
            if number - paragraph > MEMORY:
                break
            if self._people.gender(name) in (None, gender):
                return name
        start = max(self._starts[max(0, number - 1)], place - LOOK_BACK)
        return next(iter(self._persons(start, place, gender)), None)

    def _near(self, place: int, number: int, gender: str | None) -> str | None:
        """The first person named in the nearest sentence before, unless a speaker comes after that sentence began."""
        start = max(self._starts[number], place - LOOK_BACK)
        bounds = [start, *(match.end() for match in _SENTENCE.finditer(self._text, start, place + 1))]
        spoke = next(((at, name) for _, at, name in reversed(self._spoke) if at < place), (-1, ""))
        for begin, end in zip(reversed(bounds), [place, *reversed(bounds[1:])], strict=True):
            if begin <= spoke[0]:
                return spoke[1] if gender is None or self._people.gender(spoke[1]) in (None, gender) else None
            found = list(self._persons(begin, end, gender))
            if found:
                return found[-1]
        if gender is None and self._spoke and number - self._spoke[-1][0] <= 1:
            return self._spoke[-1][2]
        return None

    def _persons(self, start: int, end: int, gender: str | None):
        """The fitting persons between two places, the nearest to the end first; those within quotations left out."""
        for first, run in self._people.named_before(end, start):
            _, name = split_title(run.split())
            if not name or self._within(first):
                continue
            full = self._people.fullest(_POSSESSIVE.sub("", " ".join(name)), gender)
            if " " not in full and self._people.fullest(full) != full:
                continue  # all who bear this name are of the other sex
            if self._people.is_person(full) and (gender is None or self._people.gender(full) in (None, gender)):
                yield full

    def _within(self, place: int) -> bool:
        at = bisect_right(self._quoted, (place, place)) - 1
        return at >= 0 and self._quoted[at][0] <= place < self._quoted[at][1]

    def _body(self, place: int, number: int) -> str | None:
        """The organisation that “the company” stands for: what the sentence before begins with, or the last it names."""
        start = max(self._starts[number], place - LOOK_BACK)
        bounds = [start, *(match.end() for match in _SENTENCE.finditer(self._text, start, place + 1))]
        if len(bounds) < 2:
            return None
        begin, end = bounds[-2], bounds[-1]
        found = [name for name in self._people.bodies_between(begin, end) if not self._within(name[0])]
        if not found:
            return None
        return self._people.fullest(found[0][1] if found[0][0] == begin else found[-1][1])


def _proper(name: str) -> bool:
    """Whether this is a name in full, and not the description of somebody unnamed."""
    words = name.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)
