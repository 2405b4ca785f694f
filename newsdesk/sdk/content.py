"""Bytes to characters: what sort of document these bytes are, and which encoding they are in.

Encodings follow the WHATWG Encoding Standard (its labels, and windows-1252 where a page says ISO-8859-1), with one
departure: bytes that are valid UTF-8 with at least one multi-byte character are read as UTF-8 whatever single-byte
encoding was declared, since such a label is always a mistake, and the reader would see “â€œ” for a quotation mark.
"""

import codecs
import html
import re
from collections import Counter
from typing import NamedTuple

from newsdesk.sdk.errors import UnreadableContent
from newsdesk.sdk.text import canonical

HTML = "text/html"
PLAIN = "text/plain"
MARKUP = frozenset({HTML, "application/xhtml+xml"})
READABLE = frozenset({PLAIN, *MARKUP})
"""The media types that documents may have."""

MAX_BYTES = 20 * 1024 * 1024
"""The largest document that is taken, in bytes."""
DOUBTFUL_SHARE = 0.01
"""More than this share of characters replaced, and the encoding is doubtful."""

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a ZIP archive (or a DOCX, ODT, EPUB)"),
    (b"\x1f\x8b", "gzip data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"OggS\x00", "an Ogg file"),
    (b"ID3\x02", "an MP3 file"),
    (b"ID3\x03", "an MP3 file"),
    (b"ID3\x04", "an MP3 file"),
    (b"WARC/", "a WARC archive"),
)
_HTML_START = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+|(?><!--.*?-->)\s*+)*+"
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style|article|section|main|header|nav|div|table|p|h[1-6]|span|a|ul|img|br)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
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
_KANA = "".join(map(chr, range(0x3041, 0x30FB)))
_RUSSIAN = "оеаинтсрвлкдмпуы"
# What bytes may be in where nobody says: for each encoding the share that its languages' frequent characters have at
# least among those outside ASCII, and these characters, a set for each language or group of languages that share them.
_DETECTED: dict[str, tuple[float, tuple[str, ...]]] = {
    "cp1252": (0.95, ("àâæçèéêëîïôœùûüÿ", "äöüß", "áãàâçéêíóôõúñü", "æøåäöé", "áéíóúýþæöð", "àèéìíòóù")),
    "cp1251": (0.7, (_RUSSIAN, "оанивтерсілкдмпу")),
    "cp1250": (0.95, ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž")),
    "gb18030": (0.12, ("的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也年对生能而子得于着下自之后作里者日月",)),
    "cp932": (0.35, (_KANA,)),
    "euc_jp": (0.35, (_KANA,)),
    "big5hkscs": (
        0.12,
        ("的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也年對生能而子得於著下自之後作里者日月",),
    ),
    "cp949": (0.3, ("이다는을의에고가하은를로기지한도대사서인",)),
    "cp1253": (0.7, ("αοιετσςνηυρπκμλάίόέή",)),
    "cp1254": (0.95, ("çğıiöşüâîû",)),
    "cp1255": (0.7, ("יוהלאתרבמנש",)),
    "cp1256": (0.7, ("اليمنوتربةعس", "اینرتودمهبیسگ")),
    "cp1257": (0.95, ("ąčęėįšųūž", "āčēģīķļņšūž", "äöüõšž")),
    "cp874": (0.4, ("านรกอเงมยลวดสตท",)),
    "koi8_u": (0.7, (_RUSSIAN, "оанивтерсілкдмпу")),
}


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


class Examined(NamedTuple):
    """What a document's bytes are, and their characters."""

    media_type: str
    decoded: Decoded


def examine(content: bytes, *, name: str = "document", media_type: str | None = None, charset: str | None = None) -> Examined:
    """Look at a document before it is taken: that it is HTML or plain text, not too large, in a known encoding, with words.

    A declared `media_type` is believed where the bytes can be that at all. Raises UnreadableContent with the rule that
    is broken and the remedy.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableContent(
            f"{name} has {len(content):,} bytes; the limit is {MAX_BYTES:,}; split it, or send its text only"
        )
    sniffed = sniff(content, name)
    if media_type is not None and media_type not in READABLE:
        raise UnreadableContent(f"{name} is declared as {media_type}; Newsdesk reads {', '.join(sorted(READABLE))}")
    found = media_type or sniffed
    decoded = decode(content, charset, found)
    if decoded.doubtful:
        replaced = decoded.warnings["undecodable-replaced"]
        raise UnreadableContent(
            f"{name}: encoding doubtful: {replaced:,} of {len(decoded.text):,} characters are not {decoded.encoding}; "
            "declare the right charset, or send UTF-8"
        )
    if not has_words(decoded.text, found):
        raise UnreadableContent(f"{name} has no text: nothing but markup, blanks or marks; send a document that has words")
    return Examined(found, decoded)


def has_words(text: str, media_type: str) -> bool:
    """Whether there is a letter or digit for a reader to see. Linear in the text, whatever the markup."""
    if media_type not in MARKUP:
        return any(map(str.isalnum, text))
    lower, position = text.replace("\u0130", "I").lower(), 0  # the one letter that `lower` makes longer
    while position < len(text):
        opening = text.find("<", position)
        visible = text[position : opening if opening >= 0 else len(text)]
        if any(map(str.isalnum, html.unescape(visible))):
            return True
        if opening < 0:
            return False
        hidden = next((tag for tag in ("script", "style", "title") if lower.startswith(tag, opening + 1)), None)
        position = lower.find(f"</{hidden}" if hidden else ">", opening + 1)
        if position < 0:
            return False
        position += 1 if not hidden else 0
        if hidden:
            position = lower.find(">", position) + 1 or len(text)
    return False


def sniff(content: bytes, name: str = "document") -> str:
    """The media type of these bytes, by what they are and never by their name: `text/html` or `text/plain`.

    Raises UnreadableContent for what is neither: PDF, images, archives, other binary data, nothing at all.
    """
    if not content.strip():
        raise UnreadableContent(f"{name} is empty; send a document that has text")
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise UnreadableContent(f"{name} is {what}, not HTML or plain text; extract its text and send that")
    if content.startswith(b"BZh") and content[4:10] == b"1AY&SY":
        raise UnreadableContent(f"{name} is bzip2 data, not HTML or plain text; extract its text and send that")
    if content.startswith(b"RIFF") and content[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise UnreadableContent(f"{name} is a RIFF file (WebP, audio or video), not HTML or plain text; send the text")
    if content[4:8] == b"ftyp":
        raise UnreadableContent(f"{name} is a video or HEIF image, not HTML or plain text; send the text")
    head = content[:4096]
    encoding = _by_bom(content)[0] or _utf16_without_bom(content)
    if encoding is None and head.count(0) > len(head) // 50:
        raise UnreadableContent(f"{name} is binary data, not HTML or plain text; extract its text and send that")
    beginning = head.decode(encoding or "latin-1", "replace").lstrip("\ufeff")
    return HTML if _HTML_START.match(beginning) else PLAIN


def decode(content: bytes, charset: str | None = None, media_type: str = PLAIN) -> Decoded:
    """Read bytes as characters, in canonical form.

    The encoding is, in this order: the byte order mark; the declared `charset` (as by HTTP); for HTML, the page's own
    `<meta>`; UTF-8 if the bytes are valid UTF-8; the legacy encoding that gives the most plausible text. Never fails:
    what cannot be decoded becomes U+FFFD and is counted.
    """
    warnings: Counter[str] = Counter()
    encoding, skip = _by_bom(content)
    if encoding is None:
        encoding = _utf16_without_bom(content) or _by_label(content, charset, media_type, warnings)
    text, replaced = _decode(content[skip:], encoding)
    cleaned = canonical(text)
    warnings["undecodable-replaced"] = replaced
    return Decoded(cleaned.text, encoding, +(warnings + cleaned.warnings))


def _by_bom(content: bytes) -> tuple[str | None, int]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return encoding, len(bom)
    return None, 0


def _utf16_without_bom(content: bytes) -> str | None:
    """Latin letters in UTF-16 put a zero into every other byte; no text in another encoding does."""
    head = content[:2048]
    if len(head) < 8:
        return None
    for encoding, low, high in (("utf-16-le", head[::2], head[1::2]), ("utf-16-be", head[1::2], head[::2])):
        few, controls = (
            len(head) // 50,
            sum(not second and first in _CONTROLS for first, second in zip(low, high, strict=False)),
        )
        if high.count(0) > len(head) // 5 and low.count(0) <= few and controls <= few:
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
    return _detect(content)


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


def _detect(content: bytes) -> str:
    """The legacy encoding under which the first bytes outside ASCII make the most plausible words."""
    sample = _sample(content)
    best, best_score = "cp1252", _plausibility(sample, "cp1252") + 0.03  # the web's default, where nothing speaks against it
    for encoding in _DETECTED:
        score = _plausibility(sample, encoding)
        if score > best_score + 0.01:
            best, best_score = encoding, score
    return best


def _sample(content: bytes, limit: int = 20_000) -> bytes:
    """The lines that have bytes outside ASCII: only they tell encodings apart."""
    lines = [line for line in content[:400_000].split(b"\n") if not line.isascii()]
    return b"\n".join(lines)[:limit]


_WORD = re.compile(r"[^\W\d_]+")
_PUNCTUATION = set(
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2022«»‹›€£§°©®´·¿¡–\u00a0、。「」『』（）・！？，：；“”《》"
)


def _plausibility(sample: bytes, encoding: str) -> float:
    """From 0 to 1: the share of characters outside ASCII that stand where a writer would put them."""
    text = sample.decode(encoding, "replace")
    strange = [char for char in text if char > "\x7f" and char not in _PUNCTUATION]
    if not strange:
        return 0.9
    good = Counter(
        char
        for word in _WORD.findall(text)
        if _one_script(word) and (word.islower() or word.istitle() or word.isupper() or word.lower() == word)
        for char in word.lower()
        if char > "\x7f"
    )
    least, languages = _DETECTED[encoding]
    frequent = max(sum(good[char] for char in letters) for letters in languages)
    return min(1.0, frequent / (least * len(strange))) * good.total() / len(strange)


def _one_script(word: str) -> bool:
    scripts = {_script(char) for char in word}
    return len(scripts - {"kana"}) <= 1 and not (scripts == {"latin"} and _clusters(word))


def _script(char: str) -> str:
    code = ord(char)
    if code < 0x250:
        return "latin"
    if 0x370 <= code < 0x400:
        return "greek"
    if 0x400 <= code < 0x530:
        return "cyrillic"
    if 0x590 <= code < 0x600:
        return "hebrew"
    if 0x600 <= code < 0x700:
        return "arabic"
    if 0xE00 <= code < 0xE80:
        return "thai"
    if 0x3040 <= code < 0x3100:
        return "kana"
    if 0xAC00 <= code < 0xD7B0:
        return "hangul"
    if 0x4E00 <= code < 0xA000:
        return "han"
    return f"other-{code >> 7}"


def _clusters(word: str) -> bool:
    """Three accented letters in a row are no word of a Latin script."""
    return re.search("[\x80-\u024f]{3}", word) is not None
