"""The media types that documents may have."""

HTML = "text/html"
PLAIN = "text/plain"
MARKUP = frozenset({HTML, "application/xhtml+xml"})
READABLE = frozenset({PLAIN, *MARKUP})
