"""Bytes to a document: what these bytes are, and whether they are one that Newsdesk reads."""

import html
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from newsdesk.sdk.encoding import Decoded, by_mark, decode, utf16_without_mark
from newsdesk.sdk.errors import UnreadableContent
from newsdesk.sdk.media import HEAD, HTML, MARKUP, PLAIN, READABLE, Format

MAX_BYTES = 20 * 1024 * 1024
"""The largest document that is taken, in bytes."""

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


class Examined(NamedTuple):
    """What a document's bytes are, and their characters; those of a document that a reader is to read are not known yet."""

    media_type: str
    decoded: Decoded


def examine(
    content: bytes,
    *,
    name: str = "document",
    media_type: str | None = None,
    charset: str | None = None,
    formats: Iterable[Format] = (),
) -> Examined:
    """Look at a document before it is taken: that it is HTML or plain text, not too large, in a known encoding, with words;
    or in one of the `formats` that readers announce, which is not looked into here.

    A declared `media_type` is believed where the bytes can be that at all. Raises UnreadableContent with the rule that
    is broken and the remedy.
    """
    check_size(content, name)
    announced = {each for known in formats for each in known.media_types}
    if media_type in announced:
        _check_not_empty(content, name)
        return Examined(media_type, Decoded("", "", Counter()))
    sniffed = sniff(content, name, () if media_type else formats)
    if sniffed in announced:
        return Examined(sniffed, Decoded("", "", Counter()))
    if media_type is not None and media_type not in READABLE:
        known = ", ".join((*sorted(READABLE), *sorted(announced)))
        raise UnreadableContent(f"{name} is declared as {media_type}; Newsdesk reads {known}")
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


def check_size(content: bytes, name: str = "document") -> None:
    """Raise UnreadableContent for more bytes than are taken."""
    if len(content) > MAX_BYTES:
        raise UnreadableContent(
            f"{name} has {len(content):,} bytes; the limit is {MAX_BYTES:,}; split it, or send its text only"
        )


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


def _check_not_empty(content: bytes, name: str) -> None:
    if not content.strip():
        raise UnreadableContent(f"{name} is empty; send a document that has text")


def sniff(content: bytes, name: str = "document", formats: Iterable[Format] = ()) -> str:
    """The media type of these bytes: that of the first of the `formats` that fits, else `text/html` or `text/plain`, which
    go by what the bytes are and never by their name.

    Raises UnreadableContent for what is none of these: PDF, images, archives, other binary data, nothing at all.
    """
    _check_not_empty(content, name)
    for known in formats:
        if known.fits(content, name):
            return known.media_types[0]
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise UnreadableContent(f"{name} is {what}, not HTML or plain text; extract its text and send that")
    if content.startswith(b"BZh") and content[4:10] == b"1AY&SY":
        raise UnreadableContent(f"{name} is bzip2 data, not HTML or plain text; extract its text and send that")
    if content.startswith(b"RIFF") and content[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise UnreadableContent(f"{name} is a RIFF file (WebP, audio or video), not HTML or plain text; send the text")
    if content[4:8] == b"ftyp":
        raise UnreadableContent(f"{name} is a video or HEIF image, not HTML or plain text; send the text")
    head = content[:HEAD]
    encoding = by_mark(content)[0] or utf16_without_mark(content)
    if encoding is None and head.count(0) > len(head) // 50:
        raise UnreadableContent(f"{name} is binary data, not HTML or plain text; extract its text and send that")
    beginning = head.decode(encoding or "latin-1", "replace").lstrip("\ufeff")
    return HTML if _HTML_START.match(beginning) else PLAIN
