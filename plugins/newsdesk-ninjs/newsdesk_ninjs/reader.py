"""A news item in JSON to the web page that says the same."""

from dataclasses import dataclass, replace

from newsdesk.sdk import HTML, Document
from newsdesk_ninjs.item import read_item
from newsdesk_ninjs.page import page


@dataclass(frozen=True)
class Ninjs:
    name = "ninjs"
    version = "1"
    media_types = ("application/ninjs+json", "application/vnd.iptc.ninjs+json")
    prefixes = (b"{",)
    suffixes = (".ninjs", ".ninjs.json")

    def read(self, document: Document) -> Document:
        content = page(read_item(document.content)).encode("utf-8", "replace")  # JSON may hold half a character
        return replace(document, content=content, media_type=HTML, charset="utf-8")
