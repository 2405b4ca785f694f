"""What a distribution says of itself: its summary, its README as text, and its links. Nobody vouches for any of it."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from urllib.parse import urlsplit

from newsdesk.sdk.text import canonical

MAX_README = 200_000
MAX_LINKS = 20


@dataclass(frozen=True)
class Link:
    """A labelled address, http or https, and the host that it leads to."""

    label: str
    url: str
    host: str


@dataclass(frozen=True)
class Documentation:
    """Plain text throughout: whoever shows it escapes it."""

    summary: str = ""
    readme: str = ""
    links: tuple[Link, ...] = ()


def documentation(distribution: str) -> Documentation:
    """What an installed distribution says of itself; nothing where it says nothing, is gone, or cannot be read."""
    try:
        found = metadata(distribution)
        readme = found.get_payload() or found.get("Description") or ""  # type: ignore[attr-defined]
        named = [each.partition(",")[::2] for each in found.get_all("Project-URL") or ()]
        home = [("Home page", found["Home-page"])] if "Home-page" in found else []
        links = tuple(link for label, url in (*named, *home) if (link := _link(str(label), str(url))))
        return Documentation(_plain(str(found["Summary"] or ""), 500), _plain(str(readme), MAX_README), links[:MAX_LINKS])
    except (PackageNotFoundError, ValueError, TypeError, KeyError, AttributeError, OSError):
        return Documentation()


def _plain(text: str, most: int) -> str:
    """As it can be stored and shown, with what is too long cut and said to be."""
    plain = canonical(text).text.strip()
    return plain if len(plain) <= most else f"{plain[:most]}…"


def _link(label: str, url: str) -> Link | None:
    """The link, if a browser would go where it says and do nothing else."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    odd = not url.isprintable() or any(each in url for each in ' \\"') or "@" in parts.netloc
    if parts.scheme not in ("http", "https") or not host or odd:
        return None
    return Link(_plain(label, 60) or host, url, host)
