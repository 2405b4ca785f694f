"""The documents that the kit tries a processor on: ordinary, in many scripts, empty, hostile and huge.

Scripts come as one article with a stretch of each script before every line, so that whatever a processor finds in the
plain article it finds there too, at other offsets. An author's own documents are dressed in the same way.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape

from newsdesk.sdk.document import Document
from newsdesk.sdk.media import HTML, MARKUP, PLAIN
from newsdesk.sdk.processor import Processor
from newsdesk.sdk.testing.companions import companions, strangers
from newsdesk.sdk.testing.documents import make_document, paragraphs
from newsdesk.sdk.testing.hostile import BYTES, MARKUP_TEXTS, TEXTS
from newsdesk.sdk.text import canonical

ARTICLE = """\
Harbour Council votes for NATO pier in Port Ellery
By Ottilie Brandt
12 March 2026
PORT ELLERY (Northwire) - The Harbour Council voted on Thursday for a new pier, and 1,200 people came to watch.
“We have waited for ten years,” said Mara Quill, the mayor of Port Ellery. “Nobody here wants to wait again.”
Tom Varga, a fisherman, said it would be late, and that it would cost €3.5 million.
- the pier opens in May
- the old one closes in June
According to a report by the Harbour Council, 14% of all boats are too large for it.
© 2026 The Harbour Post. All rights reserved."""
"""An ordinary article; its names are invented."""

SCRIPTS = {
    "emoji": "🦊👩‍👩‍👧🇩🇪 ",
    "combining marks": "Zoe\u0308 q\u0307\u0323 n\u0303 ",  # the middle one has no composed form
    "right-to-left": "\u200f\u0645\u064e\u0631\u0652\u062d\u064e\u0628\u064b\u0627 \u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd ",
}
"""What stands before each line of a document in that script."""

HUGE_CHARS = 200_000
"""How many characters the huge document has: some 38,000 words, a long book's third."""


@dataclass(frozen=True)
class Sample:
    """A document for a trial. `twin` is the same in ASCII, character for character, where there is one."""

    name: str
    group: str
    document: Document
    twin: Document | None = None

    @property
    def told(self) -> str:
        """The document for a message: its name, its size, and how it begins."""
        return f"{self.size}: {self._whole[:60]!r}{'...' if len(self._whole) > 60 else ''}"

    @property
    def size(self) -> str:
        """Its name and size."""
        return f"{self.name!r} ({len(self._whole):,} characters, {self.document.media_type})"

    @property
    def _whole(self) -> str:
        return self.document.text if self.document.has_text else self.document.decoded.text


def samples(processor: Processor, own: Iterable[str | bytes | Document] = (), huge: int = HUGE_CHARS) -> tuple[Sample, ...]:
    """The documents that this processor is tried on: what it accepts, with what it requires."""
    found: list[Sample] = []
    for media_type in _media_types(processor):
        found += _of(processor, media_type, huge)
    for number, given in enumerate(own, 1):
        found += _own(processor, f"document {number}", given)
    return tuple(found)


def crowded(sample: Sample) -> Sample:
    """The document among artifacts of other plugins: unknown kinds, more keys, other order, spans over one another."""
    document = sample.document
    text = document.text if document.has_text else None
    artifacts = (*strangers(text), *reversed(document.artifacts))
    return replace(sample, name=f"{sample.name} among others' artifacts", document=replace(document, artifacts=artifacts))


def _media_types(processor: Processor) -> list[str]:
    accepted: tuple[str, ...] = getattr(processor, "accepts", ())
    wanted = [PLAIN] if not accepted or PLAIN in accepted else []
    if any(each in MARKUP for each in accepted) or (not accepted and "content" in processor.requires):
        wanted.append(HTML)
    return wanted


def _of(processor: Processor, media_type: str, huge: int) -> Iterator[Sample]:
    note = "" if media_type == PLAIN else " as HTML"
    article = _dressed(processor, ARTICLE, media_type)
    yield Sample(f"article{note}", "ordinary", article)
    yield from _in_scripts(processor, f"article{note}", ARTICLE, media_type)
    for name, text in {"nothing": "", "blanks": " \n\n ", "one letter": "a"}.items():
        yield Sample(f"{name}{note}", "empty", _dressed(processor, text, media_type))
    for name, text in TEXTS.items():
        yield Sample(f"{name}{note}", "hostile", _dressed(processor, text, media_type))
    if "content" in processor.requires:
        yield Sample(f"no bytes{note}", "empty", replace(article, content=b"", artifacts=()))
        raw: Mapping[str, bytes] = BYTES | ({} if media_type == PLAIN else MARKUP_TEXTS)
        for name, content in raw.items():
            yield Sample(f"{name}{note}", "hostile", _with_content(processor, content, media_type))
    times = huge // (len(ARTICLE) + 1) + 1
    yield Sample(f"huge{note}", "huge", _dressed(processor, "\n".join([ARTICLE] * times)[:huge], media_type))


def _own(processor: Processor, name: str, given: str | bytes | Document) -> Iterator[Sample]:
    media_type = (_media_types(processor) or [getattr(processor, "accepts", (PLAIN,))[0]])[0]
    if isinstance(given, Document):
        yield Sample(name, "own", given)
    elif isinstance(given, bytes):
        yield Sample(name, "own", _with_content(processor, given, media_type))
    else:
        yield Sample(name, "own", _dressed(processor, given, media_type))
        yield from _in_scripts(processor, name, given, media_type)


def _in_scripts(processor: Processor, name: str, text: str, media_type: str) -> Iterator[Sample]:
    written = {
        script: "\n".join(before + line if line.strip() else line for line in text.split("\n"))
        for script, before in SCRIPTS.items()
    }
    written["CRLF"] = text.replace("\n", "\r\n")
    for script, changed in written.items():
        twin = _dressed(processor, in_ascii(canonical(changed).text), media_type)
        yield Sample(f"{name} with {script}", "script", _dressed(processor, changed, media_type), twin)


def _dressed(processor: Processor, raw: str, media_type: str) -> Document:
    """The document as this processor gets it: with its text found, or as it came where the processor is to find it."""
    content = raw if media_type == PLAIN else _page(raw)
    document = Document(content=content.encode("utf-8", "replace"), media_type=media_type, charset="utf-8")
    document = replace(document, url="https://news.example/2026/pier")
    if "text" in processor.provides:
        return document
    text = canonical(raw).text
    furnished = make_document(text, artifacts=[*paragraphs(text), *companions(text)])
    return document.with_artifacts(furnished.artifacts)


def _with_content(processor: Processor, content: bytes, media_type: str) -> Document:
    """These bytes, and where the processor does not find the text itself, what they decode to as text."""
    document = Document(content=content, media_type=media_type)
    return document if "text" in processor.provides else document.with_artifacts(make_document(document.decoded.text).artifacts)


def _page(text: str) -> str:
    lines = [f"<p>{escape(line)}</p>" for line in text.splitlines()]
    end = "\r\n" if "\r\n" in text else "\n"
    return end.join(
        ["<!doctype html>", "<html><head><title>The Harbour Post</title></head><body><article>", *lines, "</article>"]
    )


def in_ascii(text: str) -> str:
    """The text with an ASCII character for each that is none; as long as before, counted in code points."""
    return "".join(char if char.isascii() else _plainer(char) for char in text)


def _plainer(char: str) -> str:
    if char in "“”„«»":
        return '"'
    if char in "‘’‚":
        return "'"
    return {"L": "x", "N": "1", "Z": " ", "M": "x"}.get(unicodedata.category(char)[0], "*")
