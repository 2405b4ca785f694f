"""How English newsrooms word what they say of an article of theirs. Only the beginning of a paragraph counts.

Two forms: a label with a mark behind it ("Correction, 19 August:"), and a sentence that speaks of this very article
("An earlier version of this story misstated ..."). Neither is met in reporting, where such words have other words before them.
"""

import re
from typing import NamedTuple

_LEAD = r"[\s*•·_–—\[(-]{0,4}"
"""Marks that newsrooms set before a notice. Quotation marks are none: what stands in them is somebody's words."""

_LABELS = {
    "correction": r"corrections?(?: (?:and|&) clarifications?)?|correction(?: notice| appended)?|erratum",
    "clarification": r"clarifications?(?: notice)?",
    "retraction": r"retraction(?: notice)?|retracted|notice of retraction",
    "update": r"updated?",
    "note": r"(?:editor['’]?s|editors['’]|publisher['’]?s) note|(?:a )?note (?:from the editors?|to (?:our )?readers)",
}
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_TOKEN = (
    rf"(?:\d{{1,4}}(?:[:./]\d{{1,4}}){{0,2}}(?:st|nd|rd|th)?(?:\s?[ap]\.?m\b\.?)?|{_MONTH}|[ap]\.?m\b\.?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:on|at|gmt|utc|b?st|[ecmp][ds]?t|ces?t)\b)"
)
_WHEN = rf"(?:(?=[^\n]{{0,20}}\d)(?>(?:[\s,(]{{1,3}}{_TOKEN}){{1,10}})\)?)?"
"""A day or an hour behind a label, such as ", Aug. 19, 2026" or " (4.15pm BST)"; there must be a digit in it."""

_MARK = r"\s*(?::|\s[–—-]\s|[–—]|\.(?=\s))\s*"
_THIS = (
    r"(?:this|the) (?:article|story|report|post|piece|page|headline|caption|column|obituary|review|interview|newsletter"
    r"|podcast|graphic|transcript|dispatch|live ?blog)(?:['’]s (?:headline|caption))?"
)
_THAT = _THIS.replace("(?:this|the)", "this")
_EARLIER = rf"(?:an? |the )?(?:earlier|previous|original|prior|initial) versions? of {_THIS}"
_WRONG = (
    r"(?:mis(?:stated|spelled|spelt|identified|attributed|quoted|characteri[sz]ed|named|represented|reported|takenly)"
    r"|incorrect(?:ly)?|wrong(?:ly)?|erroneous(?:ly)?|in error|inaccurate(?:ly)?|omitted|should have|gave the)"
)
_CORRECTED = r"(?:corrected|amended|edited to correct|updated to (?:correct|fix|remove)|changed to correct)"
_HAVE = r"(?:was|were|has been|have been|is|had been)"

_SENTENCES = (
    ("retraction", "retracted", rf"{_THAT} {_HAVE} (?:retracted|withdrawn|taken down)\b"),
    ("clarification", "clarified", rf"{_THAT} {_HAVE} (?:clarified|(?:updated|amended|edited|changed) to clarify)\b"),
    ("clarification", "earlier-version", rf"{_EARLIER}\b[^.\n]{{0,200}}\b(?:unclear|ambiguous|clarified)\b"),
    ("correction", "corrected", rf"{_THAT} {_HAVE} {_CORRECTED}\b"),
    ("correction", "corrects", r"(?:this (?:version|story|article|report) )?corrects (?!itself\b)[^.\n]{3,}"),
    ("correction", "earlier-version", rf"{_EARLIER}\b[^.\n]{{0,200}}?\b{_WRONG}\b"),
    ("correction", "editing-error", rf"(?:because of|due to) an? (?:\w+ )?error, [^.\n]{{0,80}}?{_THIS}\b"),
    ("update", "updated", rf"{_THAT} {_HAVE} updated\b"),
    ("update", "developing", r"this is (?:a developing|a breaking news|a breaking) (?:news )?story\b"),
)
"""Type, rule and beginning of a sentence, the narrower before the wider."""

_UNBRACKETED = frozenset({"corrects"})
"""Rules that hold only where a bracket opens, as news agencies set it: "(Corrects name in paragraph 3)"."""

_FLAGS = re.IGNORECASE
_LABELLED = [
    (sort, re.compile(rf"{_LEAD}(?:{words}){_WHEN}{_MARK}(?P<rest>\S[^\n]*)", _FLAGS)) for sort, words in _LABELS.items()
]
_SAID = [(sort, rule, re.compile(rf"{_LEAD}{words}", _FLAGS)) for sort, rule, words in _SENTENCES]
_HEADINGS = {sort: re.compile(rf"{_LEAD}(?:{words})[\s*:_\])]{{0,4}}", _FLAGS) for sort, words in _LABELS.items()}
_ADMITS = re.compile(rf"\b(?:{_WRONG}|clarif\w+|correct(?:ed|ion))\b", _FLAGS)
_WORDS = re.compile(r"[^\W\d_]{3,}")
LEAST_WORDS = 3
"""A label with less behind it is a date line ("Updated: 11:05 UTC") or a section of the site ("Corrections: here")."""


class Wording(NamedTuple):
    """What a paragraph says of itself, by which rule that is known, and how often such a rule is right, from 0 to 1."""

    type: str
    rule: str
    confidence: float


def wording(paragraph: str) -> Wording | None:
    """What a paragraph by itself says that it is; None for all that is article."""
    for sort, pattern in _LABELLED:
        if (match := pattern.match(paragraph)) and len(_WORDS.findall(match["rest"])) >= LEAST_WORDS:
            return Wording(_narrower(sort, match["rest"]), "label", 0.95)
    for sort, rule, pattern in _SAID:
        if pattern.match(paragraph) and (rule not in _UNBRACKETED or paragraph.lstrip()[:1] in ("(", "[")):
            return Wording(sort, rule, 0.9)
    return None


def under_heading(heading: str, paragraph: str) -> Wording | None:
    """What a paragraph is by the line above it, such as "Correction", if it admits to something itself."""
    if not _ADMITS.search(paragraph):
        return None
    found = next((sort for sort, pattern in _HEADINGS.items() if pattern.fullmatch(heading)), None)
    return Wording(found, "heading", 0.8) if found and found != "update" else None


def _narrower(sort: str, rest: str) -> str:
    """A note or an update may go on to say that it corrects: then that is what it is."""
    said = next((each for each, _, pattern in _SAID if pattern.match(rest)), sort)
    return said if sort in ("note", "update") and said in ("correction", "clarification", "retraction") else sort
