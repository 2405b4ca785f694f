"""What a page says of itself in JSON-LD (schema.org): read tolerantly, since half the web's JSON-LD is slightly broken."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_ARTICLE = re.compile(
    r"(?:Article|NewsArticle|BlogPosting|Reportage|LiveBlogPosting|Posting|Report|Review|Opinion\w*|Analysis\w*)$"
)
_CONTROLS = re.compile(r"[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
MAX_CHARS = 2_000_000


def article_of(root: HtmlElement) -> dict[str, Any]:
    """The first article described in the page's JSON-LD, or nothing."""
    nodes = [node for block in _blocks(root) for node in _nodes(block)]
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _kinds(node))]
    return max(articles, key=lambda node: ("headline" in node) + ("datePublished" in node), default={})


def _blocks(root: HtmlElement) -> Iterator[Any]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= MAX_CHARS:
            loaded = _load(script.text)
            if loaded is not None:
                yield loaded


def _load(text: str) -> Any:
    text = (
        text.strip().removeprefix("<!--").removesuffix("-->").removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    )
    for attempt in (text, _TRAILING_COMMA.sub("", _CONTROLS.sub(" ", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, level: int = 0) -> Iterator[dict[str, Any]]:
    """The objects at the top, in lists, in graphs, and what a page says it is about."""
    if isinstance(value, list) and level < 6:
        for each in value:
            yield from _nodes(each, level + 1)
    elif isinstance(value, dict) and level < 6:
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(key), level + 1)


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type", ())
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def texts(value: Any) -> list[str]:
    """The names or words in a value that may be a string, an object with a name, or a list of either."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    if isinstance(value, dict):
        return texts(value.get("name") or value.get("@id") if "name" in value or "@id" in value else value.get("@value"))
    return []
