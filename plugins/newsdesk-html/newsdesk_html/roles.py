"""What each line of a page is to the article: headline, standfirst, byline, date, body, and the rest."""

import re
from collections.abc import Sequence

from newsdesk_html.lines import Line
from newsdesk_html.metadata import Value
from newsdesk_html.places import folded, overlap

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BY = re.compile(r"^\W{0,3}(?:written by|by|von|par|por|di|door|av|af)\s*:?\s+[A-ZÀ-ÞČŠŽ]", re.IGNORECASE)
_YEAR_OR_CLOCK = re.compile(r"(?:19|20)\d\d|\d{1,2}[:.h]\d\d")
_STAMPED = re.compile(
    r"\W*(?:first |last )?(?:published|updated|posted|modified|aktualisiert|veröffentlicht|stand|publié|mis à jour"
    r"|publicado|actualizado|pubblicato|aggiornato|atualizado|gepubliceerd|publicerad|uppdaterad|opdateret|julkaistu)\b\W*"
    r"(?:(?:on|at|am|um|le|à|el|il|om|den|em) )?(?:[^\W\d_]+,? )?(?:\d{1,2}\b|\d{4}[-/.年])",
    re.IGNORECASE,
)
_STOPS = (".", "!", "?", "…", "。", ":", "”", '"', ")")
NEAR = 12
"""Bylines and dates stand within so many lines of the headline."""


def opening(lines: Sequence[Line], kept: Sequence[bool], values: Sequence[Value]) -> dict[int, str]:
    """The roles of the lines around the headline, by line number."""
    said = {value.name: value.value for value in reversed(values)}
    authors = [value.value for value in values if value.name == "byline"]
    first = next((i for i, keep in enumerate(kept) if keep and len(lines[i].text) >= 80), len(lines))
    headline = find_headline(lines, said.get("headline"), first)
    roles = {} if headline is None else {headline: "headline"}
    start = max(0, first - NEAR) if headline is None else min(headline, first)
    end = min(len(lines), max(first, (headline or 0) + 1) + 3)
    for i in range(max(0, start - 2), end):
        if i not in roles and (role := _small_print(lines[i], authors)):
            roles[i] = role
    standfirst = None if headline is None else find_standfirst(lines, kept, headline, said.get("standfirst"), roles)
    if standfirst is not None:
        roles[standfirst] = "standfirst"
    return roles


def find_headline(lines: Sequence[Line], title: str | None, first: int) -> int | None:
    """The line that is the headline: the heading most like the page's title, not far below the article's beginning."""
    best, best_score = None, 0.5
    for i, line in enumerate(lines[: first + 4]):
        heading = line.place.tag in _HEADINGS or "headline" in line.zones
        alike = overlap(line.text, title) if title else 0.0
        if not heading and alike < 0.8:
            continue
        score = alike + 0.4 * (line.place.tag == "h1") + 0.2 * heading - 0.3 * (line.linked > 0.9) - 0.002 * abs(first - i)
        if line.zones & {"nav", "footer", "related"} and alike < 0.8:
            score -= 0.5
        if score > best_score:
            best, best_score = i, score
    return best


def find_standfirst(
    lines: Sequence[Line], kept: Sequence[bool], headline: int, description: str | None, roles: dict[int, str]
) -> int | None:
    """The line that sums the article up under its headline: so named, or shown again as the page's description."""
    for i in range(headline + 1, min(headline + NEAR, len(lines))):
        line = lines[i]
        if (
            i in roles
            or not 25 <= len(line.text) <= 500
            or line.linked > 0.5
            or line.zones & {"nav", "footer", "related", "figure"}
        ):
            continue
        named = "standfirst" in line.zones and "body" not in line.zones
        if named or line.place.tag == "h2" or (line.place.tag in _HEADINGS and len(line.text) > 80):
            return i
        if description and folded(line.text) and folded(line.text)[:60] == folded(description)[:60]:
            # many pages cut their first paragraph for the description; only one said whole sums up
            return i if len(folded(line.text)) <= 1.1 * len(folded(description)) and not _is_cut(description) else None
        if kept[i] and len(line.text) >= 80:
            return None
    return None


def _is_cut(description: str) -> bool:
    return description.rstrip().endswith(("…", "...")) or not description.rstrip().endswith(_STOPS)


def _small_print(line: Line, authors: Sequence[str]) -> str | None:
    text = line.text
    if len(text) > 140:
        return None
    if _BY.match(text) or ("byline" in line.zones and len(text) <= 80 and any(author in text for author in authors)):
        return "byline"
    if any(author in text for author in authors) and len(text) <= 60 + max(map(len, authors)) and not text.endswith("."):
        return "byline"
    if _YEAR_OR_CLOCK.search(text) and len(text) <= 90 and ("date" in line.zones or line.place.tag == "time"):
        return "dateline"
    if _STAMPED.match(text) and _YEAR_OR_CLOCK.search(text) and len(text) <= 90:
        return "dateline"
    return None


def body_role(line: Line) -> str:
    """The role of a line that belongs to the article."""
    if line.place.item:
        return "list-item"
    if line.place.tag in _HEADINGS:
        return "subhead"
    if line.strong > 0.95 and len(line.text) <= 90 and not line.text.endswith((".", ",", ":")) and not line.tight:
        return "subhead"
    return "body"
