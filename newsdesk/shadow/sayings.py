"""A finding in a report: its words and what it says of them, short enough to be kept with many others."""

import json
from typing import Any

from newsdesk.sdk import Artifact as Found
from newsdesk.shadow.difference import main_spans
from newsdesk.shadow.places import alike

MAX_CHARS = 300
MAX_DATA_CHARS = 4_000
MAX_SPANS = 20
AROUND = 60


def said(found: Found, text: str) -> dict[str, Any]:
    """The finding's words in its text, its data, and its spans as start, end and role."""
    words = " … ".join(span.of(text) for span in main_spans(found)[:MAX_SPANS])
    spans = [[span.start, span.end, span.role] for span in found.spans[:MAX_SPANS]]
    return {"words": cut(words), "data": _bounded(dict(found.data)), "spans": spans, "confidence": found.confidence}


def said_of_text(before: str, after: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both texts where they begin to differ."""
    start = max(0, alike(before, after) - AROUND)
    lead = "…" if start else ""
    sides = ({"words": cut(lead + text[start:]), "data": {"characters": len(text)}} for text in (before, after))
    one, other = ({**side, "spans": [], "confidence": None} for side in sides)
    return one, other


def cut(words: str) -> str:
    """No more words than are shown."""
    return words if len(words) <= MAX_CHARS else f"{words[: MAX_CHARS - 1]}…"


def _bounded(data: dict[str, Any]) -> dict[str, Any]:
    """Data of any depth within a few kilobytes: shortened, or else the beginning of what it would be written as."""
    short = _short(data)
    written = json.dumps(short, ensure_ascii=False)
    return short if len(written) <= MAX_DATA_CHARS else {"…": cut(written)}


def _short(value: Any) -> Any:
    """Plain data with long texts cut and long lists shortened."""
    if isinstance(value, str):
        return cut(value)
    if isinstance(value, dict):
        return {cut(str(key)): _short(each) for key, each in list(value.items())[:MAX_SPANS]}
    return [_short(each) for each in value[:MAX_SPANS]] if isinstance(value, list | tuple) else value
