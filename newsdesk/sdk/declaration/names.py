"""What names and versions look like."""

import re
from typing import Any

NAME = re.compile(r"[a-z][a-z0-9-]{0,49}")
"""What names look like: they stand in addresses, settings and style sheets."""

VERSION = re.compile(r"[!-~]{1,50}")
"""What versions look like: visible ASCII."""


def wrong_with_names(declared: Any, what: str) -> str | None:
    """What is wrong with the name or version of what is declared as a processor, say, with the rule; None if nothing is."""
    if not isinstance(declared.name, str) or not NAME.fullmatch(declared.name):
        return f"{what} name {declared.name!r:.80} must be lower-case letters, digits and hyphens, 50 at most"
    if not isinstance(declared.version, str) or not VERSION.fullmatch(declared.version):
        rule = "version must be a string such as '1.0', 50 characters at most"
        return f"{what} {declared.name}: {rule}, not {declared.version!r:.80}"
    return None
