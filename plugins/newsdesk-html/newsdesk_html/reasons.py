"""Why a line of a page is not the article, in words that an editor can check."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from newsdesk_html.lines import Line


class Reason(NamedTuple):
    reason: str
    rule: str


_WORDS = tuple(
    (Reason(reason, rule), re.compile(pattern, re.IGNORECASE))
    for reason, rule, pattern in (
        ("legal", "copyright wording", r"©|copyright\b|all rights reserved|alle rechte|tous droits|terms of (?:use|service)|privacy policy|cookie"),
        ("promotion", "newsletter wording", r"newsletter|subscri(?:be|ption)|sign up|abonn|suscr|inbox"),
        ("promotion", "advertisement wording", r"^\W*(?:advertis\w+|anzeige|werbung|publicit\w+|publicidad|sponsored\b.*)\W*$"),
        ("comments", "comment wording", r"^\W*(?:\d+ )?(?:comments?|kommentare?|commentaires?|comentarios?)\b"),
        ("link-list", "related wording", r"^\W*(?:related|read (?:more|also|next)|most (?:read|viewed|popular)|more (?:from|on|stories)|see also|also read|mehr zum thema|lire aussi|lea también|leggi anche)\b"),
        ("navigation", "share wording", r"^\W*(?:share|tweet|print|e-?mail|facebook|twitter|whatsapp|linkedin|copy link|teilen|partager|compartir)\b.{0,30}$"),
        ("caption", "credit wording", r"^\W*(?:photo|image|picture|foto|bild|credit)s?(?: credit| by)?\s?:|getty images|\(AP\b"),
    )
)  # fmt: skip
_ZONES = (
    ("comments", Reason("comments", "comments block")),
    ("caption", Reason("caption", "caption block")),
    ("figure", Reason("caption", "figure")),
    ("share", Reason("navigation", "share block")),
    ("promotion", Reason("promotion", "promotion block")),
    ("legal", Reason("legal", "legal block")),
    ("related", Reason("link-list", "related block")),
    ("tags", Reason("navigation", "tags block")),
    ("nav", Reason("navigation", "navigation block")),
    ("footer", Reason("navigation", "footer")),
    ("form", Reason("navigation", "form")),
    ("button", Reason("navigation", "button")),
    ("header", Reason("navigation", "page header")),
    ("aside", Reason("other", "aside")),
    ("bio", Reason("other", "about the author")),
)


def reason_for(line: Line) -> Reason:
    """The first reason that holds: what the line says, then what its block is called, then whether it is a link."""
    text = line.text[:300]
    if len(text) < 200:
        for reason, pattern in _WORDS:
            if pattern.search(text):
                return reason
    for zone, reason in _ZONES:
        if zone in line.zones:
            return Reason("link-list", reason.rule) if _is_headline_link(line) and zone in ("aside", "footer") else reason
    if line.linked > 0.9:
        return Reason("link-list", "all link") if len(line.text) >= 25 else Reason("navigation", "short link")
    return Reason("other", "outside the article")


def _is_headline_link(line: Line) -> bool:
    return line.linked > 0.9 and len(line.text) >= 30


def is_repeat(line: Line, headline: str, seen: Sequence[str]) -> bool:
    """Whether the line says the headline once more."""
    return line.text == headline and line.text in seen
