"""Dates as newsrooms write them, to ISO 8601; nothing where day and month could be mistaken for each other."""

import re
from datetime import datetime
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari",
            "february feb februar février févr fevrier febrero febbraio fevereiro fev februari",
            "march mar märz mrz mars marzo março março maart",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mag maio mei maj",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug août aout agosto ago augustus augusti",
            "september sep sept septembre septiembre settembre set setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(rf"(?<![\d.,/:-]){form}(?!\d)", re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)",
        rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er)? (?:de )?{_MONTH},? (?:de )?{_YEAR}",
        rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}",
        rf"(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{_YEAR}",
        rf"(?P<day>\d{{1,2}})/(?P<number>\d{{1,2}})/{_YEAR}",
        rf"{_YEAR}年(?P<number>\d{{1,2}})月(?P<day>\d{{1,2}})日",
    )
)
_CLOCK = re.compile(
    r"\W{0,4}(?:(?:at|um|à|a las|alle|kl\.?)\s)?(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))(?::(?P<second>[0-5]\d))?"
    r"(?:\s?(?P<half>[ap]\.?m\b))?(?:\.?\s?(?P<zone>Z|UTC|GMT)\b)?",
    re.IGNORECASE,
)


class Dated(NamedTuple):
    """A date in ISO 8601, and where in the line it stands."""

    value: str
    start: int
    end: int


def find_date(line: str) -> Dated | None:
    """The first date in the line that can be read one way only, with its time of day if that follows."""
    matches = [match for form in _FORMS if (match := form.search(line))]
    for match in sorted(matches, key=lambda match: match.start()):
        if day := _day(match):
            time = _CLOCK.match(line, match.end())
            stamped = day + _time(time) if time else day
            return Dated(stamped, match.start(), match.end() if stamped == day or not time else time.end())
    return None


def _day(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    day, month = int(parts["day"]), _month(parts)
    if "/" in match.group():
        # 4/5/2026 is April or May; only a number above 12 tells
        if day <= 12 and month <= 12 and day != month:
            return None
        day, month = (month, day) if month > 12 else (day, month)
    try:
        return datetime(int(parts["year"]), month, day).date().isoformat()
    except ValueError:
        return None


def _month(parts: dict[str, str]) -> int:
    return int(parts["number"]) if "number" in parts else _MONTHS.get(parts["month"].casefold(), 0)


def _time(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    if hour > 23 or minute > 59:
        return ""
    return f"T{hour:02}:{minute:02}:{match['second'] or '00'}" + ("Z" if match["zone"] else "")
