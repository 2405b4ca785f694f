"""What the lines of a page say of the article: its headline, names, times and publisher, where the head says less."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newsdesk_html.lines import Line, Piece
from newsdesk_html.metadata import Value, authors, iso
from newsdesk_html.places import find

_BY = re.compile(r"\W{0,3}(?i:written by|by|von|par|por|di|door|av|af)\s*:?\s+")
_NAME = r"[A-ZÀ-ÞČŠŽ][\w’'.-]*(?: (?:[A-ZÀ-ÞČŠŽ][\w’'.-]*|van|von|der|den|de|del|della|di|da|la|bin|al))*"
_NAMES = re.compile(rf"{_NAME}(?:(?:, | (?:and|und|et|y|&) ){_NAME})*")
_LATER = re.compile(
    r"(?:updated|modified|changed|aktualisiert|geändert|mis à jour|modifié|actualizado|aggiornato|atualizado|uppdaterad"
    r"|opdateret|bijgewerkt)\W*(?:\w+\W*)?$",
    re.IGNORECASE,
)
_MARK = r"(?:\s*[:|»]\s*|\s+[-–—·•]\s+)"
_BEFORE = re.compile(rf"(?P<site>\S.*?){_MARK}")
_BEHIND = re.compile(rf"{_MARK}(?P<site>\S.*)")
CONFIDENCE = 0.75


class Seen(NamedTuple):
    """A value, the number of the line that says it, and where in the line; none where only an attribute says it."""

    value: Value
    line: int
    place: tuple[int, int] | None


def visible_values(
    lines: Sequence[Line], roles: Sequence[str], times: Mapping[int, Sequence[Value]], title: str
) -> Iterator[Seen]:
    """What the lines say, given their roles, the times that each gives, and the page's title."""
    headline = ""
    for i, (line, role) in enumerate(zip(lines, roles, strict=True)):
        if role in ("headline", "standfirst"):
            headline = line.text if role == "headline" else headline
            yield _seen(role, line.text, i, line.text)
        if role == "byline":
            yield from (_seen("byline", name, i, line.text) for name in names_in(line.text))
        if role in ("byline", "dateline"):
            yield from (Seen(value, i, None) for value in times.get(i, ()))
    if headline and (site := beside(title, headline)):
        yield from _publisher(site, lines, roles)


def _seen(name: str, words: str, i: int, text: str) -> Seen:
    return Seen(Value(name, words, "text", CONFIDENCE), i, find(words, text))


def names_in(text: str) -> list[str]:
    """The names in a byline that says "By"."""
    by = _BY.match(text)
    names = _NAMES.match(text, by.end()) if by else None
    return authors(names.group()) if names else []


def times_of(line: Line) -> list[Value]:
    """The times that the `time` elements of a line give, the first of each sort, as exactly as the page has them."""
    found: dict[str, Value] = {}
    before = ""
    for piece in line.pieces:
        stamp = _stamp(piece) if "date" in piece.place.zones else None
        name = "modified" if _LATER.search(before) else "published"
        if stamp and name not in found:
            found[name] = Value(name, stamp, "text", CONFIDENCE)
        before += piece.text
    return list(found.values())


def _stamp(piece: Piece) -> str | None:
    if piece.is_tail:
        return None
    element = piece.element if piece.element.tag == "time" else next(piece.element.iterancestors("time"), None)
    return None if element is None else iso((element.get("datetime") or "").strip())


def beside(title: str, headline: str) -> str | None:
    """What the title says before or behind the headline and a mark, most often the site's name; None if nothing."""
    before, found, behind = title.partition(headline)
    if not found or (before and behind):
        return None
    match = _BEFORE.fullmatch(before) or _BEHIND.fullmatch(behind)
    return match["site"] if match else None


def _publisher(site: str, lines: Sequence[Line], roles: Sequence[str]) -> Iterator[Seen]:
    """The name in the title, if the page says it again outside the article: at its head, or under a copyright."""
    for i, (line, role) in enumerate(zip(lines, roles, strict=True)):
        if role == "boilerplate" and len(line.text) <= len(site) + 40 and (place := find(site, line.text)):
            yield Seen(Value("publisher", line.text[slice(*place)], "text", CONFIDENCE), i, place)
            return


def less_said(stated: Value, seen: Mapping[str, Value]) -> bool:
    """Whether a value says less than the lines do.

    A time does that is the same one less exactly, or a guess at the day; so does a headline with the site's name beside it.
    """
    other = seen.get(stated.name)
    if other is None:
        return False
    if stated.name == "headline":
        return stated.evidence != "json-ld" and beside(stated.value, other.value) is not None
    if stated.name not in ("published", "modified") or len(other.value) <= len(stated.value):
        return False
    return stated.evidence == "text" or other.value.startswith(stated.value)
