"""The dateline that opens an article's first paragraph: place, day and agency, as in "VELLO, April 14 (Agency) -"."""

import re
from typing import NamedTuple

from newsdesk_text.dates import find_date

_DAY = r"(?:[^\W\d_]{3,10}\.? \d{1,2}|\d{1,2}(?:\.|st|nd|rd|th|er)? (?:de )?[^\W\d_]{3,10}\.?)"
_YEAR = r",? (?:de )?(?:19|20)\d\d"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ’'./\- ]{1,30}[A-ZÀ-Þ.]"
_FORMS = tuple(
    re.compile(
        rf"(?P<said>{place}(?: ?(?:\((?P<brackets>[A-ZÀ-Þ][\w .&’'-]{{1,30}})\)|/(?P<slashes>[A-Z][\w ]{{1,30}})/))?)"
        r" ?(?:[—–]|--|-) ?(?=\S)"
    )
    for place in (
        rf"{_CAPITALS}(?:, ?[A-Z][\w.’' ]{{0,23}}[\w.])??(?:, ?{_DAY}(?:{_YEAR})?)?",
        rf"[A-ZÀ-Þ][\w’'. -]{{1,30}}, ?{_DAY}{_YEAR}",  # a place not in capitals is sure only with a whole date
    )
)


class Dateline(NamedTuple):
    """The words of a dateline without its dash, the agency in them, and the day if it has a year; with their places."""

    value: str
    agency: tuple[str, int, int] | None
    published: tuple[str, int, int] | None


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline at the beginning of a paragraph."""
    match = next((match for form in _FORMS if (match := form.match(paragraph))), None)
    if not match:
        return None
    group = next((name for name in ("brackets", "slashes") if match[name]), None)
    agency = (match[group], *match.span(group)) if group else None
    return Dateline(match["said"], agency, find_date(match["said"]))
