"""Canonical text: the one form that spans may point into (Unicode NFC, `\\n` line ends, nothing that breaks a reader).

Databases refuse NUL and lone surrogates, browsers and JSON disagree on control characters, and the same word in two
normal forms has two lengths. So all of that ends here, once, before the first offset exists.
"""

import re
import unicodedata
from collections import Counter
from typing import NamedTuple

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NUL = re.compile("\x00")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")


class Canonical(NamedTuple):
    """A canonical text, and how many characters were removed or replaced to get it, by warning code."""

    text: str
    warnings: Counter[str]


def canonical(text: str) -> Canonical:
    """Bring a text to its canonical form.

    Line ends of every sort become `\\n`, tabs become blanks, NUL and control characters go, lone surrogates become
    U+FFFD, leading byte order marks go, and the rest is put in NFC. Format characters (soft hyphen, zero-width
    space, direction marks) are part of the text and stay. Warning codes: `nul-removed`, `control-removed`,
    `surrogate-replaced`.
    """
    warnings: Counter[str] = Counter()
    if _FORBIDDEN.search(text):
        text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
        text, warnings["nul-removed"] = _NUL.subn("", text)
        text, warnings["control-removed"] = _CONTROLS.subn("", text)
        text, warnings["surrogate-replaced"] = _SURROGATES.subn("\ufffd", text)
    return Canonical(unicodedata.normalize("NFC", text.lstrip("\ufeff")), +warnings)


def is_canonical(text: str) -> bool:
    """Whether `canonical` would leave this text as it is."""
    if text.isprintable():  # as most are: no control character, surrogate, line separator or byte order mark is
        return unicodedata.is_normalized("NFC", text)
    return not _FORBIDDEN.search(text) and not text.startswith("\ufeff") and unicodedata.is_normalized("NFC", text)
