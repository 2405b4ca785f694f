"""The one spelling of an address, so that the same story is the same article (RFC 3986, section 6)."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from django.core.exceptions import ValidationError

MAX_ADDRESS = 2000
_TRACKING = ("utm_", "fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid")
_PORTS = {"http": 80, "https": 443}
_SAFE_PATH = "/%:@!$&'()*+,;=-._~"


def canonical_address(url: str) -> str:
    """The canonical form of a web address.

    Scheme and host in lower case (host in punycode), no default port, no fragment, no user, no tracking parameters,
    characters outside ASCII percent-encoded. Raises ValidationError that names the rule.
    """
    if any(char <= " " or char == "\x7f" for char in url.strip()):
        raise ValidationError("url has blanks or control characters in it; percent-encode them")
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host.encode("idna").decode("ascii").lower() if not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise ValidationError(f"url is no web address: {error}") from error
    if parts.scheme not in _PORTS:
        raise ValidationError(f"url begins with {parts.scheme or url[:20]!r}; it must begin with http:// or https://")
    if not host:
        raise ValidationError("url has no host; write it in full, as in https://news.example/story")
    if parts.username is not None or parts.password is not None:
        raise ValidationError("url has a user name or password in it; leave them out")
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    query = urlencode([pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(pair[0])])
    address = urlunsplit((parts.scheme, netloc, quote(parts.path, safe=_SAFE_PATH) or "/", query, ""))
    if len(address) > MAX_ADDRESS:
        raise ValidationError(f"url has {len(address):,} characters; the limit is {MAX_ADDRESS:,}")
    return address


def _tracks(parameter: str) -> bool:
    return parameter.lower().startswith(_TRACKING)
