"""Bylines: where in a line the names of its authors stand, with "By" before them or by themselves."""

import re

from newsdesk_text.wording import wordings

_BY = re.compile(
    r"^\W{0,3}(?:written by|story by|reporting by|by|von|par|por|di|door|av|af)\s*:?\s+(?=[A-ZÀ-ÞČŠŽ])", re.IGNORECASE
)
_AFTER_NAMES = re.compile(
    r"\s*(?:[|•·/(\d]|\s[-–—]\s|,\s?(?=(?:[A-Z][a-z]+ )?"
    r"(?:staff|senior|chief|special|correspondent|reporter|editor|reuters|associated)\b)"
    r"|\bfor (?:the )?[A-Z]|(?:published|updated|posted|last)\b)",
    re.IGNORECASE,
)
_WORD_OF_NAMES = re.compile(r"(?:[A-ZÀ-ÞČŠŽ][\w’'.-]*|and|und|et|y|e|en|og|och|de|del|la|van|von|der|den|bin|al|di|du|&)(?:,)?")
_GIVEN = r"(?:[A-ZÀ-ÞČŠŽ](?:[’'][A-ZÀ-Þ])?[a-zß-ÿčšž]+(?:[-’'A-ZÀ-Þ]+[a-zß-ÿčšž]+)*|[A-ZÀ-Þ]\.)"
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|du|la|le|bin|ibn|al|el|ter|zu)"
_NAME = rf"{_GIVEN}(?: {_PARTICLE}){{0,2}} {_GIVEN}(?:(?: {_PARTICLE}){{0,2}} {_GIVEN}){{0,2}}"
_LABEL = r"(?:interview|text|words|report|reporting|story|author|autor(?:in)?|texte|entrevista|intervista|tekst)"
_WORK = (
    r"(?:reporter|correspondent|editor|writer|columnist|critic|journalist|commentator|bureau chief"
    r"|korrespondent(?:in)?|redakteur(?:in)?|journaliste|correspondante?|periodista|corresponsal|giornalista|inviat[oa])"
)
_PLACE = r"[A-ZÀ-ÞČŠŽ][\w’'.-]+(?: [A-ZÀ-ÞČŠŽ][\w’'.-]+){0,3}"
_BARE = re.compile(
    rf"(?:(?i:{_LABEL})\s?[:–—]\s?)?(?P<names>{_NAME}(?:(?:, {_NAME})*,? (?:and|und|et|y|e|&) {_NAME})?)"
    rf"(?:, (?:[\w’'-]+ ){{0,4}}(?i:{_WORK})(?: [\w’'-]+){{0,4}}|,? (?:in|at|aus|à|en|a|i) {_PLACE})?"
)


def names_of(line: str) -> tuple[int, int] | None:
    """Where in a byline that says "By" the names stand, or None if the line is no such byline."""
    by = _BY.match(line)
    if not by:
        return None
    after = _AFTER_NAMES.search(line, by.end() + 1)
    end = after.start() if after else len(line)
    names = line[by.end() : end].rstrip(" .,")
    words = names.split()
    if not 1 <= len(words) <= 14 or sum(_WORD_OF_NAMES.fullmatch(word) is not None for word in words) < 0.9 * len(words):
        return None
    return by.end(), by.end() + len(names)


def bare_names_of(line: str) -> tuple[int, int] | None:
    """Where the names stand in a line of names, with at most a label, an office or a place; None for other lines.

    Such a line is a byline only where one is expected: elsewhere it may be a caption, a place or a subhead.
    """
    match = _BARE.fullmatch(line) if len(line) <= 120 else None
    if not match or any(is_section(word) for word in match["names"].split()):
        return None
    return match.span("names")


def is_section(word: str) -> bool:
    """Whether a word stands alone in menus, so that it is no part of a name: World News, Local Politics."""
    return any(wording.rule == "menu" for wording in wordings(word))


def begins_with_by(line: str) -> bool:
    """Whether a line begins as a byline does, whatever follows."""
    return _BY.match(line) is not None
