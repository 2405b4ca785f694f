"""Why a line of a page is not the article, in words that an editor can check: by what it says, or by where it stands."""

from newsdesk_html.lines import Line
from newsdesk_html.wording import Reason, said

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
_HEADLINE = 30
"""A link of so many characters is a headline rather than a menu entry."""


def reason_for(line: Line) -> Reason:
    """The first reason that holds: what the line says, what its block is called, whether it is a link."""
    if reason := said(line.text):
        return reason
    linked = line.linked > 0.9
    for zone, reason in _ZONES:
        if zone in line.zones:
            is_teaser = linked and len(line.text) >= _HEADLINE and zone in ("aside", "footer", "nav")
            return Reason("link-list", reason.rule) if is_teaser else reason
    if linked:
        return Reason("link-list", "all link") if len(line.text) >= _HEADLINE else Reason("navigation", "short link")
    return Reason("other", "outside the article")
