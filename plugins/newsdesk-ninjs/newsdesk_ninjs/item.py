"""What a ninjs item says: IPTC ninjs 3.x, and 2.x and 1.x, whose names are written otherwise.

The specification: https://www.iptc.org/std/ninjs/userguide/. Items as they are sent keep to it loosely, so nothing is asked
of one but a body; what is of the wrong type is passed over.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsdesk.sdk import UnreadableContent

_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|table|blockquote|article|section|body)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
MOSTLY = 0.8
"""Marked-up text is preferred where it has this share of the longest text's length: it then says the same."""


@dataclass(frozen=True)
class Item:
    """A news item. `body` is markup or plain text, as `is_markup` says; what is not said is empty."""

    body: str
    is_markup: bool
    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    published: str = ""
    modified: str = ""
    publisher: str = ""
    language: str = ""


@dataclass(frozen=True)
class _Said:
    """A text in an item, its role and its media type."""

    words: str
    role: str = ""
    media_type: str = ""

    @property
    def is_markup(self) -> bool:
        declared = self.media_type.lower()
        if "html" in declared or "xml" in declared:
            return True
        return not declared and _MARKUP.search(self.words) is not None

    @property
    def size(self) -> int:
        return len(_TAG.sub("", self.words) if self.is_markup else self.words)


def read_item(content: bytes) -> Item:
    """The item in these bytes. Raises UnreadableContent with the reason and the remedy where there is none to be used."""
    said = _object(content)
    status = _string(said, "pubstatus").lower()
    if status in ("canceled", "cancelled", "withheld"):
        raise UnreadableContent(f"this item is {status}, says its provider (pubstatus): it must not be used")
    body = _body(list(_texts(said, "bodies", "body_")))
    if body is None:
        what = _string(said, "type") or "item"
        raise UnreadableContent(f"this {what} has no text in bodies (or body_html, body_text); send the whole item of a text")
    first = _string(said, "firstcreated") or _string(said, "contentcreated")
    latest = _string(said, "versioncreated")
    return Item(
        body.words,
        body.is_markup,
        headline=_main(said, "headlines", "headline"),
        standfirst=_main(said, "descriptions", "description_text"),
        byline=_string(said, "by") or _string(said, "byline"),
        published=first or latest,
        modified=latest if first and latest != first else "",
        publisher=_publisher(said),
        language=_string(said, "language"),
    )


def _object(content: bytes) -> dict[str, Any]:
    """The item's fields, their names in small letters: 3.x writes versionCreated, the others versioncreated."""
    try:
        said = json.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError as error:
        raise UnreadableContent("this is no UTF-8, as JSON must be; convert it and send it again") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableContent(f"this is no JSON: {error}; send the item as its provider made it") from error
    if isinstance(said, list):
        raise UnreadableContent(f"this is a list of {len(said)} items; send each by itself")
    if not isinstance(said, dict):
        raise UnreadableContent("this is JSON, but no object; send one news item")
    return {name.lower(): value for name, value in said.items()}


def _string(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value.strip() if isinstance(value, str) else ""


def _texts(said: Mapping[str, Any], listed: str, prefix: str) -> Iterator[_Said]:
    """The texts under a name: a list of objects since 2.0, a property for each sort in 1.x."""
    values = said.get(listed)
    for each in values if isinstance(values, list) else ():
        if isinstance(each, dict):
            fields = {str(name).lower(): value for name, value in each.items()}
            yield _Said(_string(fields, "value"), _string(fields, "role"), _string(fields, "contenttype"))
    for name, value in said.items():
        if name.startswith(prefix) and isinstance(value, str):
            sort = name.removeprefix(prefix)
            yield _Said(
                value.strip(), media_type={"html": "text/html", "xhtml": "text/html", "text": "text/plain"}.get(sort, "")
            )


def _body(texts: list[_Said]) -> _Said | None:
    """The text to read: marked up where it says as much as the longest, since it knows its paragraphs; else the longest."""
    longest = max(texts, key=lambda each: each.size, default=None)
    if longest is None or not longest.size:
        return None
    whole = [each for each in texts if each.is_markup and each.size >= MOSTLY * longest.size]
    return next((each for each in whole if each.role == "main"), next(iter(whole), longest))


def _main(said: Mapping[str, Any], listed: str, single: str) -> str:
    """The main one of several texts, without markup: that of the role "main", one without a role, or the first."""
    texts = [each for each in _texts(said, listed, "\0") if each.words]
    ranked = sorted(texts, key=lambda each: {"main": 0, "": 1}.get(each.role, 2))
    found = ranked[0] if ranked else _Said(_string(said, single), media_type="text/plain")
    return " ".join((_TAG.sub(" ", found.words) if found.is_markup else found.words).split())


def _publisher(said: Mapping[str, Any]) -> str:
    """Who sends it: the first source of information with a name, or who holds the rights."""
    sources = said.get("infosources") or said.get("infosource")
    names = (_string(each, "name") for each in (sources if isinstance(sources, list) else ()) if isinstance(each, dict))
    return next(filter(None, names), _string(said, "copyrightholder"))
