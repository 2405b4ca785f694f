"""The web page of an item: what it says of itself in JSON-LD, and the article as a reader would see it."""

import json
import re
from collections.abc import Iterator
from html import escape

from newsdesk_ninjs.item import Item

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def page(item: Item) -> str:
    """The page, in HTML."""
    language = f' lang="{escape(item.language)}"' if item.language else ""
    title = f'<meta charset="utf-8"><title>{escape(item.headline)}</title>'
    head = f'{title}<script type="application/ld+json">{_about(item)}</script>'
    return f"<!DOCTYPE html>\n<html{language}><head>{head}</head><body><article>\n{_article(item)}\n</article></body></html>\n"


def _about(item: Item) -> str:
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item.headline,
        "description": item.standfirst,
        "author": item.byline,
        "datePublished": item.published,
        "dateModified": item.modified,
        "publisher": item.publisher,
        "inLanguage": item.language,
    }
    # in a script no entity is read, and "</script>" or "<!--" would end it or more
    return json.dumps({name: value for name, value in said.items() if value}).replace("<", "\\u003c")


def _article(item: Item) -> str:
    lines = [f"<h1>{escape(item.headline)}</h1>"] if item.headline else []
    lines += [f'<p class="byline">{escape(item.byline)}</p>'] if item.byline else []
    return "\n".join((*lines, item.body if item.is_markup else "\n".join(_paragraphs(item.body))))


def _paragraphs(text: str) -> Iterator[str]:
    """Blank lines part paragraphs; where there are none, every line is one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parted = _BLANK_LINES.split(text) if _BLANK_LINES.search(text) else text.split("\n")
    return (f"<p>{escape(' '.join(part.split()))}</p>" for part in parted if part.strip())
