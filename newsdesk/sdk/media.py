"""The media types that documents may have: what processors read, and what readers announce beside it."""

from dataclasses import dataclass

HTML = "text/html"
PLAIN = "text/plain"
MARKUP = frozenset({HTML, "application/xhtml+xml"})
READABLE = frozenset({PLAIN, *MARKUP})
"""What processors read. A reader makes one of these out of anything else."""

HEAD = 4096
"""So many bytes at its beginning say what a document is."""

_BLANKS = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True)
class Format:
    """What a reader announces, in plain values, so that no code of a plugin is asked what a document is."""

    reader: str
    media_types: tuple[str, ...]
    prefixes: tuple[bytes, ...] = ()
    suffixes: tuple[str, ...] = ()

    def fits(self, content: bytes, name: str) -> bool:
        """Whether bytes of this name are taken for it where nobody says what they are. Blanks before a prefix do not count."""
        if not self.prefixes and not self.suffixes:
            return False
        head = content[:HEAD]
        begins = not self.prefixes or head.startswith(self.prefixes) or head.lstrip(_BLANKS).startswith(self.prefixes)
        return begins and (not self.suffixes or name.lower().endswith(self.suffixes))
