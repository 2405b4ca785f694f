"""What is seen of a line: its size, its marks, its words, its place, and the lines around it.

Each feature is a name that is there or not. Names are built to be read: `size 3`, `says navigation share`,
`before size 5`. Nothing here depends on which words an article is about.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from newsdesk_text.wording import wordings

_BULLET = re.compile(r"\s*[-–—•‣◦▪*·]\s")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}[.)]?(?:\s|$)|[-–•]\s*\d{1,2}\s*$)")
_ENDS_SENTENCE = re.compile(r"[.!?。！？؟।][\"'”’»」』)\]\s]*$")
_ENDS_OPEN = re.compile(r"[:：][\"”’\s]*$")
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\])\s*$")
_STARTS_QUOTE = re.compile(r"\s*[\"“„«‘'「『»]")
_DATE = re.compile(
    r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}"
    r"|\d{1,2}\.? ?(?:de )?[^\W\d_]{3,10}\.?,? (?:de )?(?:19|20)\d\d"
    r"|[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d)\b"
    r"|\d{4}年\d{1,2}月"
)
_TIME = re.compile(r"\b\d{1,2}[:.h]\d\d\b(?:\s?[ap]\.?m\b)?|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_BYLINE = re.compile(
    r"^\W{0,3}(?:by|von|par|por|di|da|door|av|af|text|words|autor(?:in)?|written by|story by|reporting by|de notre)"
    r"[: ]\s*[A-ZÀ-ÞČŠŽ]",
    re.IGNORECASE,
)
_INNER_STOP = re.compile(r"[^\W\d_]{3}[.!?][\"”’»)]?\s+[\"“„«‘(]?[A-ZÀ-ÞА-ЯΑ-Ω0-9]|[。！？]\S")
_WORD = re.compile(r"[^\W\d_]+")
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\.(?:com|org|net|co\.uk|de|fr)\b")
_PRICE = re.compile(r"[$€£]\s?\d|\d\s?[€£]")
_SIZES = (8, 16, 28, 42, 60, 80, 110, 150, 220, 350)
LONG = 110
"""A line of this width is most likely prose."""


def width(line: str) -> int:
    """The length of a line in Latin letters: a Chinese, Japanese or Korean one says about three times as much."""
    return len(line) + (2 * len(_WIDE.findall(line)) if not line.isascii() else 0)


def size(line: str) -> int:
    """The class of a line's width, 0 to 10."""
    measured = width(line)
    return sum(measured >= limit for limit in _SIZES)


def features(lines: Sequence[str]) -> list[list[str]]:
    """The features of each line of a text."""
    page = _Page(lines)
    return [["any", *page.own[i], *_shape(page, i), *_place(page, i), *_company(page, i)] for i in range(len(lines))]


class _Page:
    """What is known of all lines before each is looked at."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.own = [_own(line) for line in lines]
        self.sizes = [size(line) for line in lines]
        self.prose = [is_prose(line) for line in lines]
        self.prose_before = list(itertools.accumulate(self.prose, initial=0))
        self.counts = Counter(line.strip().casefold() for line in lines)
        self.sections = headings(lines)
        self.runs = _runs(self.prose)
        self.first_prose = next((i for i, is_prose in enumerate(self.prose) if is_prose), len(lines))
        self.last_prose = max((i for i, is_prose in enumerate(self.prose) if is_prose), default=-1)

    def shape(self, i: int) -> str:
        """The size of a line and whether it ends as a sentence does."""
        return f"{min(self.sizes[i], 8)} {self.end(i)}"

    def end(self, i: int) -> str:
        return "stop" if ends_sentence(self.lines[i]) else "open"

    def beside(self, i: int) -> str:
        """What a neighbour is like."""
        if not 0 <= i < len(self.lines):
            return "nothing"
        return "prose" if self.prose[i] else f"{min(self.sizes[i], 6) // 2}"


def _shape(page: _Page, i: int) -> Iterator[str]:
    """A line's shape, by itself and beside those of its neighbours."""
    shape, before, after = page.shape(i), page.beside(i - 1), page.beside(i + 1)
    behind = sum(page.prose[max(0, i - 3) : i])
    ahead = sum(page.prose[i + 1 : i + 4])
    yield from (f"before {before}", f"after {after}", f"between {before} {after}", f"shape {shape}")
    yield from (f"shape {shape} before {before}", f"shape {shape} after {after}")
    yield from (f"prose around {behind} {ahead}", f"shape {shape} around {min(behind, 2)} {min(ahead, 2)}")


def _place(page: _Page, i: int) -> Iterator[str]:
    """Where in the text a line stands, seen from its running text."""
    shape = page.shape(i)
    place = "opening" if i < page.first_prose else "closing" if i > page.last_prose else "middle"
    yield from (f"place {place}", f"place {place} {shape}")
    if place == "closing":
        yield f"closing run {_scale(len(page.lines) - 1 - page.last_prose)}"
    if place == "opening":
        yield f"opening line {min(i, 3)} {shape}"
    if not page.prose[i]:
        yield from (f"run {_scale(page.runs[i])}", f"run {_scale(page.runs[i])} {page.end(i)}")
    share = _tenths(page.prose_before[i], page.prose_before[-1])
    yield f"prose behind {share} {'prose' if page.prose[i] else 'short'}"


def _company(page: _Page, i: int) -> Iterator[str]:
    """What the lines around say, and whether the line is there again."""
    end = page.end(i)
    if page.counts[page.lines[i].strip().casefold()] > 1:
        yield from ("repeated", f"repeated {end}")
    if page.sections[i]:
        yield from (f"under {page.sections[i]}", f"under {page.sections[i]} {page.shape(i)}")
    if i:
        if "bullet" in page.own[i - 1]:
            yield "after bullet"
        yield from (f"after {name}" for name in page.own[i - 1] if name.startswith("says "))
    if i + 1 < len(page.lines):
        if "bullet" in page.own[i + 1]:
            yield f"before bullet {end}"
        yield from (f"before {name}" for name in page.own[i + 1] if name.startswith("says "))


def _own(line: str) -> list[str]:
    """What a line shows by itself."""
    words = _WORD.findall(line)
    upper = sum(word[0].isupper() for word in words)
    big = size(line)
    names = [f"size {big}"]
    end = (
        "cut"
        if _CUT_OFF.search(line)
        else "stop"
        if _ENDS_SENTENCE.search(line)
        else "colon"
        if _ENDS_OPEN.search(line)
        else "open"
    )
    names += [f"ends {end}", f"ends {end} {min(big, 8)}"]
    if _BULLET.match(line):
        names += ["bullet", f"bullet {end} {min(big, 8)}"]
    elif _NUMBERED.match(line):
        names += ["numbered", f"numbered {end} {min(big, 8)}"]
    if _STARTS_QUOTE.match(line):
        names += ["quotes", f"quotes {end} {min(big, 8)}"]
    elif line[:1].islower():
        names.append("starts low")
    if words and upper == len(words):
        names.append(f"all capital {min(len(words), 5)}")
    elif len(words) > 3 and upper > 0.6 * len(words):
        names.append(f"mostly capital {end}")
    if len(words) > 1 and line.isupper():
        names.append("upper")
    if not words:
        names.append("no words")
    if _INNER_STOP.search(line):
        names.append("sentences")
    if ", " in line or "，" in line or "、" in line:
        names.append(f"comma {end}")
    for name, pattern in (("date", _DATE), ("time", _TIME), ("address", _ADDRESS), ("price", _PRICE), ("by", _BYLINE)):
        if pattern.search(line):
            names += [name, f"{name} {min(big, 6)}"]
    if "|" in line or "»" in line[-3:] or "›" in line:
        names.append("bar")
    if "?" in line[-3:]:
        names.append("asks")
    scale = "short" if big < 5 else "middle" if big < 8 else "long"
    for wording in wordings(line):
        names += [f"says {wording.reason} {wording.rule}", f"says {wording.reason} {wording.rule} {scale} {end == 'stop'}"]
    return names


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does."""
    return _ENDS_SENTENCE.search(line[-12:]) is not None


def is_prose(line: str) -> bool:
    """Whether the line is running text by its size and end."""
    return (width(line) >= LONG and not _CUT_OFF.search(line)) or (width(line) >= 60 and ends_sentence(line))


def is_bulleted(line: str) -> bool:
    """Whether the line begins with a bullet."""
    return _BULLET.match(line) is not None


def headings(lines: Sequence[str]) -> list[str]:
    """For each line the furniture heading that it stands under, if no running text came between; else nothing."""
    found, heading = [], ""
    for line in lines:
        found.append(heading)
        if is_prose(line):
            heading = ""
        elif size(line) <= 4:
            said = (f"{wording.reason} {wording.rule}" for wording in wordings(line) if wording.rule in _HEADINGS)
            heading = next(said, heading)
    return found


_HEADINGS = frozenset({"list heading", "comments", "newsletter", "read also"})


def _runs(prose: Sequence[bool]) -> list[int]:
    """For each line that is not prose, how many such lines stand together there."""
    found = [0] * len(prose)
    start = 0
    for i in range(len(prose) + 1):
        if i == len(prose) or prose[i]:
            found[start:i] = [i - start] * (i - start)
            start = i + 1
    return found


def _scale(number: int) -> int:
    return sum(number >= limit for limit in (1, 2, 3, 4, 6, 10, 20, 40))


def _tenths(part: int, whole: int) -> int:
    return 0 if part == 0 else 5 if part >= whole else 1 + int(3 * part / whole)
