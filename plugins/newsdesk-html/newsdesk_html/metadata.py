"""What the page says of the article, each value with its evidence: JSON-LD first, then meta elements, then the text."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata

from newsdesk.sdk import canonical
from newsdesk_html.jsonld import article_of, texts

_META = {
    "headline": "og:title twitter:title dc.title title parsely-title sailthru.title",
    "standfirst": "og:description description twitter:description dc.description",
    "byline": """author article:author parsely-author sailthru.author dc.creator byl dcterms.creator cxenseparse:author""",
    "published": """article:published_time og:article:published_time datepublished date dc.date dc.date.issued parsely-pub-date
        sailthru.date pubdate dcterms.created publish-date cxenseparse:recs:publishtime""",
    "modified": "article:modified_time og:updated_time datemodified lastmod dcterms.modified dc.date.modified last-modified",
    "publisher": "og:site_name application-name dc.publisher dcterms.publisher",
    "section": "article:section section parsely-section og:article:section",
    "language": "og:locale content-language dc.language language",
    "canonical_url": "og:url twitter:url",
}
"""The names of meta elements for each value, the one to be believed first in front."""
_JSON_LD = {
    "headline": "headline", "standfirst": "description", "byline": "author", "published": "datePublished",
    "modified": "dateModified", "publisher": "publisher", "section": "articleSection", "language": "inLanguage",
    "canonical_url": "url",
}  # fmt: skip
_BLANKS = re.compile(r"\s+")
_TAG = re.compile(r"<[^<>]{1,200}>")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_BY = re.compile(r"^(?:by|von|par|por|di|door)\s+", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|;|\||\s(?:and|und|et|y|&)\s)\s*")
_NO_NAME = re.compile(
    r"https?:|www\.|@|\.com\b|^\W*$|redaktion|^(?:staff|admin|editor|news(?:room| desk)?|author)s?$", re.IGNORECASE
)
MAX_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class Value:
    name: str
    value: str
    evidence: str
    confidence: float


def page_values(root: HtmlElement, url: str | None) -> list[Value]:
    """The values that stand in the page's head and JSON-LD, one for each name but bylines, which are one for each author."""
    found: dict[str, list[Value]] = {}
    for value in (*_from_json_ld(article_of(root)), *_from_meta(root)):
        if not any(value.evidence != known.evidence for known in found.get(value.name, ())):
            found.setdefault(value.name, []).append(value)
    for value in _from_trafilatura(root, url, missing={"headline", "byline", "published"} - set(found)):
        found.setdefault(value.name, []).append(value)
    unique = {(value.name, value.value): value for values in found.values() for value in values}
    return [value for value in unique.values() if value.name == "byline" or value is found[value.name][0]]


def _from_json_ld(article: dict[str, Any]) -> Iterator[Value]:
    for name, key in _JSON_LD.items():
        for text in texts(article.get(key))[: 20 if name == "byline" else 1]:
            yield from _value(name, text, "json-ld", 0.95)


def _from_meta(root: HtmlElement) -> Iterator[Value]:
    said: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        if content := element.get("content"):
            said.setdefault(key.strip().lower(), []).append(content)
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (href := link.get("href")):
            said["og:url"] = [href]
    if language := root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"):
        said["og:locale"] = [language]
    for name, keys in _META.items():
        key = next((key for key in keys.split() if key in said), None)
        for text in said[key] if key else ():
            yield from _value(name, text, "meta", 0.85)


def _from_trafilatura(root: HtmlElement, url: str | None, missing: set[str]) -> Iterator[Value]:
    """Trafilatura looks into the page itself, which takes time; it is asked for what the page does not say plainly."""
    if not missing:
        return
    if missing == {"published"}:
        with suppress(Exception):  # a date is not worth a page
            found = find_date(root, url=url, original_date=True, extensive_search=False)
            yield from _value("published", found or "", "text", 0.6)
        return
    with suppress(Exception):  # a broken page may break its metadata, never its text
        document = extract_metadata(root, default_url=url, extensive=False)
        values = {"headline": document.title, "byline": document.author, "published": document.date}
        for name in sorted(missing):
            yield from _value(name, values[name] or "", "text", 0.6)


def _value(name: str, text: str, evidence: str, confidence: float) -> Iterator[Value]:
    for clean in _cleaned(name, tidy(text)):
        yield Value(name, clean[:MAX_CHARS], evidence, confidence)


def _cleaned(name: str, text: str) -> Iterator[str]:
    if name in ("published", "modified"):
        text = iso(text) or ""
    elif name == "byline":
        yield from authors(text)
        return
    elif name == "language":
        text = text.replace("_", "-")
        text = text if _LANGUAGE.fullmatch(text) else ""
    elif name == "canonical_url":
        text = text if text.startswith(("http://", "https://")) else ""
    if text:
        yield text


def authors(text: str) -> list[str]:
    """The names in a byline, apart."""
    return [part for part in _JOINED.split(_BY.sub("", text)) if part and not _NO_NAME.search(part) and len(part) < 80]


def title_of(root: HtmlElement) -> str:
    """The page's title, which mostly says the site's name too; empty if it has none."""
    return tidy(root.findtext(".//title") or "")


def tidy(text: str) -> str:
    """Words for a reader: entities resolved (some pages escape twice), no tags, single blanks, canonical."""
    return canonical(_BLANKS.sub(" ", _TAG.sub("", unescape(unescape(text[: 4 * MAX_CHARS])))).strip(" \ufeff\u200b")).text


def iso(text: str) -> str | None:
    """A date in ISO 8601 as Python reads it, or None."""
    for attempt in (text, text[:19], text[:10]):
        with suppress(ValueError):
            moment = datetime.fromisoformat(attempt)
            return moment.date().isoformat() if len(attempt) == 10 else moment.isoformat()
    return None
