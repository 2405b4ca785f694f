"""What furniture says of itself, in the languages that development pages were in.

Lines that trafilatura took for the article are judged by it too, so a row must not fit a sentence of an article.
"""

import re
from typing import NamedTuple


class Reason(NamedTuple):
    """Why a line is not the article, and the rule that says so."""

    reason: str
    rule: str


_CALLS = (
    r"newsletter|sign up (?:for|to|now|here|today)|subscribe (?:to|now|here|for)|in your inbox",
    r"support (?:our|independent) (?:work|journalism)",
    r"follow us on|like us on|join (?:our|the conversation)|share (?:it|this) with|your source for",
    r"jetzt abonnieren|abonnez-vous|suscríbete|iscriviti|assine|prenumerera",
)
_READ_ON = (
    r"related|read (?:more|also|next)|also read|see also|more ?:",
    r"most (?:read|viewed|popular)|more (?:from|on|stories)|watch ?:",
    r"mehr zum thema|lesen sie (?:auch|mehr)|lire aussi|à lire|lea también|leggi anche|czytaj",
    r"läs (?:också|mer)|les også|lees ook|leia",
)
_PLACEHOLDERS = (
    r"advertis\w+|anzeige|werbung|publicit\w+|publicidad|sponsored(?: content)?",
    r"externer inhalt.*|empfohlener .* inhalt|an dieser stelle finden sie.*|to read the full story.*",
)
_SHARES = (r"share|tweet|print|e-?mail|facebook|twitter|whatsapp|linkedin|copy link|teilen|partager|compartir",)
_ROWS = tuple(
    (Reason(reason, rule), re.compile(pattern, re.IGNORECASE))
    for reason, rule, pattern in (
        (
            "legal",
            "copyright",
            r"^\W*(?:©|copyright\b|\(c\) ?\d{4})|all rights reserved|may not be (?:published|reproduced|republished)",
        ),
        (
            "legal",
            "terms",
            r"^\W*(?:terms of (?:use|service)|privacy policy|cookie (?:policy|settings)|impressum|datenschutz)\W*$",
        ),
        ("promotion", "call to subscribe or follow", "|".join(_CALLS)),
        ("promotion", "advertisement", rf"^\W*(?:{'|'.join(_PLACEHOLDERS)})\W*$|verhindern das laden"),
        (
            "comments",
            "comments",
            r"^\W*(?:\d+ )?(?:comments?|kommentare?|commentaires?|comentarios?)\W*$|moderating all comments",
        ),
        ("comments", "call to discuss", r"^\W*(?:join thought-provoking|have your say|leave a (?:comment|reply))"),
        ("link-list", "call to read on", rf"^\W*(?:{'|'.join(_READ_ON)})\b"),
        ("caption", "picture credit", r"^\W*(?:photo|image|picture|foto|bild)s?(?: credit| by)?\s?:|getty images\W*$"),
        ("navigation", "share button", rf"^\W*(?:{'|'.join(_SHARES)})(?: \w+){{0,3}}\W*$"),
    )
)
LONGEST = 220
"""A longer line is prose, in which such words may stand by chance."""


def said(text: str) -> Reason | None:
    """The first row of the table that fits the line."""
    if len(text) >= LONGEST:
        return None
    return next((reason for reason, pattern in _ROWS if pattern.search(text)), None)
