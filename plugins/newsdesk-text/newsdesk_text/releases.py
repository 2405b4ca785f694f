"""Press releases: marks, contacts and notes around the story, which their own conventions set apart.

A release says so ("FOR IMMEDIATE RELEASE"), ends with a mark ("###", "ENDS"), and puts the sender behind the story
("About ...", "Notes to editors", "Media contact"). Without such a mark a text is not taken for a release.
"""

import re
from collections.abc import Mapping, Sequence

from newsdesk_text.features import is_bulleted, is_prose, width
from newsdesk_text.wording import Wording, wordings

_MARK = re.compile(
    r"^\W*(?:for (?:immediate|general) (?:release|distribution)|for release\b.{0,40}|news release|press release"
    r"|pressemitteilung|communiqué de presse|comunicado de prensa|comunicato stampa|persbericht"
    r"|(?:strictly )?embargo(?:ed)?\b.{0,60}|sperrfrist\b.{0,40})\W*$",
    re.IGNORECASE,
)
_END = re.compile(r"^\s*(?:#\s?#\s?#|-\s?30\s?-|[-–—\s]*\(?(?:ends?|ende)\)?[-–—\s.]*)$", re.IGNORECASE)
_NOTES = re.compile(
    r"^\W*(?:notes? (?:to|for) (?:the )?editors?|editors?['’] notes?|hinweise? (?:an|für) (?:die )?redaktion(?:en)?)\W*$",
    re.IGNORECASE,
)
_SENDER = re.compile(r"^\W*(?:about|über|à propos d[eu]|acerca de|sobre|informazioni su)\s+[^.!?]{2,60}\W*$", re.IGNORECASE)
_CONTACT = re.compile(
    r"^\W*(?:(?:(?:media|press|news|investor|further|for (?:more|further)) )?(?:relations )?"
    r"(?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|information)(?: (?:person|details|information|for (?:the )?media))?"
    r"|(?:presse)?kontakt(?: für medien)?)\s*(?::.{0,80}|\W*)$",
    re.IGNORECASE,
)
_OPENING = 6
"""The mark of a release stands among this many lines."""
_STORY = 2
"""So many lines of running text come before the sender speaks of itself."""


def around_release(lines: Sequence[str]) -> dict[int, Wording]:
    """The lines of a press release that are not its story, with the reason; nothing for other texts."""
    marks = {i for i, line in enumerate(lines[:_OPENING]) if _MARK.match(line)}
    ends = [i for i, line in enumerate(lines) if i > 2 and _END.match(line)]
    if not marks and not ends:
        return {}
    end = ends[0] if ends else len(lines)
    found = {i: Wording("other", "release mark") for i in marks}
    found |= _sections(lines, end)
    found |= {i: Wording("other", "after the end of a release") for i in range(end, len(lines))}
    return found


def is_item(line: str, around: Mapping[int, Wording]) -> bool:
    """Whether a line of a text, given what is around its story, is an item of a release's list: releases have no menus."""
    return bool(around) and is_bulleted(line) and not wordings(line)


def _sections(lines: Sequence[str], end: int) -> dict[int, Wording]:
    found = {}
    section = None
    told = 0
    for i, line in enumerate(lines[:end]):
        opened = _opens(line, late=told >= _STORY)
        if opened:
            section = opened
        elif section and section.rule == "contact" and _is_story(line, late=told >= _STORY):
            section = None
        if section:
            found[i] = section
        told += is_prose(line)
    return found


def _opens(line: str, late: bool) -> Wording | None:
    """The part of a release that this line is the heading of, if it is one."""
    if _NOTES.match(line):
        return Wording("other", "notes to editors")
    if late and width(line) <= 80 and _SENDER.match(line):
        return Wording("other", "about the sender")
    return Wording("other", "contact") if _CONTACT.match(line) else None


def _is_story(line: str, late: bool) -> bool:
    """Whether a line below a contact is the story again; above the story, a headline is."""
    return is_prose(line) or width(line) > 80 or (not late and len(line.split()) > 6)
