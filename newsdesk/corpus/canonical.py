"""The one spelling of an address, so that the same story is the same article (RFC 3986, section 6)."""

import re
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from django.core.exceptions import ValidationError

MAX_ADDRESS = 2000
_TRACKING = ("utm_", "fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid")
_PORTS = {"http": 80, "https": 443}
_OTHERS_PORTS = frozenset({*range(1024), 3306, 5432, 6379, 9200, 11211, 27017}) - {80, 443}
"""Where other services listen: the well-known ports, and those of databases."""
_SAFE_PATH = "/:@!$&'()*+,;=-._~"
_SAFE_QUERY = f"{_SAFE_PATH}?"
_PERCENT = re.compile("%([0-9A-Fa-f]{2})|[^%]+|%")


def canonical_address(url: str) -> str:
    """The canonical form of a web address.

    Scheme and host in lower case (host in punycode), no default port, no fragment, no user, no tracking parameters, and
    one way to percent-encode. Raises ValidationError for the field `url` that names the rule.
    """
    if any(char <= " " or char == "\x7f" for char in url.strip()):
        raise _wrong("has blanks or control characters in it; percent-encode them")
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host.encode("idna").decode("ascii").lower() if not host.isascii() else host
        path = _encoded(parts.path, _SAFE_PATH)
        query = "&".join(_encoded(pair, _SAFE_QUERY) for pair in parts.query.split("&") if pair and not _tracks(pair))
    except ValueError as error:
        raise _wrong(f"is no web address: {error}") from error
    if parts.scheme not in _PORTS:
        raise _wrong(f"begins with {parts.scheme or url[:20]!r}; it must begin with http:// or https://")
    if not host:
        raise _wrong("has no host; write it in full, as in https://news.example/story")
    if parts.username is not None or parts.password is not None:
        raise _wrong("has a user name or password in it; leave them out")
    if port in _OTHERS_PORTS:
        raise _wrong(f"has the port {port}, which is no web server's; articles have 80, 443, or one that is free for all")
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    address = urlunsplit((parts.scheme, netloc, path or "/", query, ""))
    if len(address) > MAX_ADDRESS:
        raise _wrong(f"has {len(address):,} characters; the limit is {MAX_ADDRESS:,}")
    return address


def _wrong(rule: str) -> ValidationError:
    return ValidationError({"url": f"url {rule}"})


def _tracks(pair: str) -> bool:
    return unquote(pair.partition("=")[0]).lower().startswith(_TRACKING)


def _encoded(text: str, safe: str) -> str:
    """With what must be percent-encoded encoded, in upper case, and the rest not. Bytes stay the same in any charset."""
    return _PERCENT.sub(lambda piece: _octet(piece[1]) if piece[1] else quote(piece[0], safe=safe), text)


def _octet(digits: str) -> str:
    char = chr(int(digits, 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else f"%{digits.upper()}"
