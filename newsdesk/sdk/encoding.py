"""Bytes to characters: which encoding they are in, and what could not be read.

Encodings follow the WHATWG Encoding Standard (its labels, and windows-1252 where a page says ISO-8859-1), with one
departure: bytes that are valid UTF-8 with at least one multi-byte character are read as UTF-8 whatever single-byte
encoding was declared, since such a label is always a mistake, and the reader would see “â€œ” for a quotation mark.
"""

import codecs
import re
from collections import Counter
from typing import NamedTuple

from newsdesk.sdk.detection import detect
from newsdesk.sdk.media import MARKUP, PLAIN
from newsdesk.sdk.text import canonical

DOUBTFUL_SHARE = 0.01
"""More than this share of characters replaced, and the encoding is doubtful."""

_META_CHARSET = re.compile(rb"<meta[^>]{0,1000}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_CONTROLS = frozenset((*range(1, 9), *range(14, 32), 127))
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# Labels whose Python codec is narrower than what the Encoding Standard reads under that name.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
# Labels of the Encoding Standard that Python does not know.
_LABELS = {
    "x-sjis": "cp932", "windows-31j": "cp932", "x-euc-jp": "euc_jp", "x-gbk": "gb18030", "gb_2312": "gb18030",
    "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs", "windows-949": "cp949", "ksc_5601": "cp949", "ksc5601": "cp949",
    "unicode-1-1-utf-8": "utf-8", "unicode11utf8": "utf-8", "unicode20utf8": "utf-8", "x-unicode20utf8": "utf-8",
    "unicode": "utf-8", "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252", "x-cp1253": "cp1253",
    "x-cp1254": "cp1254", "x-cp1255": "cp1255", "x-cp1256": "cp1256", "x-cp1257": "cp1257", "x-cp1258": "cp1258",
    "windows-874": "cp874", "dos-874": "cp874", "koi": "koi8-r", "koi8": "koi8-r", "koi8-ru": "koi8-u",
    "iso88591": "cp1252", "iso88592": "iso8859-2", "iso885915": "iso8859-15", "iso-8859-8-i": "iso8859-8",
    "logical": "iso8859-8", "visual": "iso8859-8", "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-ukrainian": "mac-cyrillic",
}  # fmt: skip


class Decoded(NamedTuple):
    """Characters in canonical form, the encoding they were read in, and what had to be replaced.

    `warnings` counts by code: those of `canonical`, and `undecodable-replaced`, `charset-mislabelled`,
    `charset-unknown`, `charset-guessed`.
    """

    text: str
    encoding: str
    warnings: Counter[str]

    @property
    def doubtful(self) -> bool:
        """Whether so much had to be replaced that the text is probably not what its author wrote."""
        return self.warnings["undecodable-replaced"] > DOUBTFUL_SHARE * len(self.text)


def decode(content: bytes, charset: str | None = None, media_type: str = PLAIN) -> Decoded:
    """Read bytes as characters, in canonical form.

    The encoding is, in this order: the byte order mark; the declared `charset` (as by HTTP); for HTML, the page's own
    `<meta>`; UTF-8 if the bytes are valid UTF-8; the legacy encoding that gives the most plausible text. Never fails:
    what cannot be decoded becomes U+FFFD and is counted.
    """
    warnings: Counter[str] = Counter()
    encoding, skip = by_mark(content)
    if encoding is None:
        encoding = utf16_without_mark(content) or _by_label(content, charset, media_type, warnings)
    text, replaced = _decode(content[skip:], encoding)
    cleaned = canonical(text)
    warnings["undecodable-replaced"] = replaced
    return Decoded(cleaned.text, encoding, +(warnings + cleaned.warnings))


def by_mark(content: bytes) -> tuple[str | None, int]:
    """The encoding that a byte order mark says, and the length of the mark; None and 0 where there is none."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return encoding, len(bom)
    return None, 0


def utf16_without_mark(content: bytes) -> str | None:
    """Latin letters in UTF-16 put a zero into every other byte; no text in another encoding does."""
    head = content[:2048]
    if len(head) < 8:
        return None
    few = len(head) // 50
    for encoding, low, high in (("utf-16-le", head[::2], head[1::2]), ("utf-16-be", head[1::2], head[::2])):
        if high.count(0) > len(head) // 5 and low.count(0) <= few:
            controls = sum(not second and first in _CONTROLS for first, second in zip(low, high, strict=False))
            if controls <= few:
                return encoding
    return None


def _by_label(content: bytes, charset: str | None, media_type: str, warnings: Counter[str]) -> str:
    label = charset
    if label is None and media_type in MARKUP and (meta := _META_CHARSET.search(content[:8192])):
        label = meta.group(1).decode("ascii")
    declared = _lookup(label)
    if label and declared is None:
        warnings["charset-unknown"] = 1
    if content.isascii() and declared in (None, "cp1252"):
        return "utf-8"
    valid, invalid = _utf8_sequences(content)
    if invalid == 0:
        if declared not in (None, "utf-8") and not _is_multibyte(declared) and valid:
            warnings["charset-mislabelled"] = 1
            return "utf-8"
        return declared or "utf-8"
    if declared and declared != "utf-8":
        return declared
    if valid > invalid:
        return "utf-8"
    warnings["charset-guessed"] = 1
    return detect(content)


def _lookup(label: str | None) -> str | None:
    """The Python codec for an encoding label, as wide as browsers read it; None if there is no such text encoding."""
    if not label:
        return None
    label = label.strip().lower()
    try:
        codec = codecs.lookup(_LABELS.get(label, label))
    except (LookupError, ValueError):
        return None
    if not codec._is_text_encoding or codec.name in (
        "idna",
        "punycode",
        "unicode-escape",
        "raw-unicode-escape",
        "undefined",
        "utf-7",
    ):
        return None
    if codec.name.startswith("utf-16") or codec.name.startswith("utf-32"):
        return "utf-8"  # a page that could be read up to its label is not in UTF-16 (Encoding Standard)
    return _WIDER.get(codec.name, codec.name)


def _is_multibyte(encoding: str | None) -> bool:
    return encoding in ("gb18030", "cp932", "euc_jp", "big5hkscs", "cp949", "iso2022_jp")


def _utf8_sequences(content: bytes) -> tuple[int, int]:
    """How many multi-byte characters of valid UTF-8 there are, and how many bytes that are none."""
    text = content.decode("utf-8", "replace")
    invalid = text.count("\ufffd") - content.count("\ufffd".encode())
    outside = len(text) - len(text.encode("ascii", "ignore"))
    return outside - text.count("\ufffd"), invalid


def _decode(content: bytes, encoding: str) -> tuple[str, int]:
    try:
        return content.decode(encoding), 0
    except UnicodeDecodeError:
        text = content.decode(encoding, "replace")
        return text, text.count("\ufffd")
