"""What a new plugin may be called, so that nothing else is called so."""

import keyword
import re
import sys
from dataclasses import dataclass
from importlib.util import find_spec

from newsdesk.author.errors import AuthorError

MAX_CHARS = 50
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Names:
    """What follows from the name of a distribution: those of its module and of its class."""

    name: str

    @property
    def module(self) -> str:
        """As in `acme_topics`."""
        return self.name.replace("-", "_")

    @property
    def class_name(self) -> str:
        """As in `AcmeTopics`."""
        return "".join(map(str.capitalize, self.name.split("-")))


def names(name: str) -> Names:
    """The names of a new plugin. Raises AuthorError where the name cannot be used, with one that can if that is plain."""
    if not _NAME.fullmatch(name) or len(name) > MAX_CHARS:
        rule = f"a name is lower-case letters, digits and single hyphens, begins with a letter, and has {MAX_CHARS} at most"
        raise AuthorError(f"{name!r:.80} cannot be a plugin's name: {rule}{_suggestion(name)}")
    chosen = Names(name)
    if name == "newsdesk" or name.startswith("newsdesk-"):
        raise AuthorError(f"{name!r} cannot be a plugin's name: newsdesk-... is for Newsdesk's own; begin with a name of yours")
    if keyword.iskeyword(chosen.module) or chosen.module in sys.stdlib_module_names or chosen.module == "tests":
        raise AuthorError(f"{name!r} cannot be a plugin's name: its module would hide Python's own; try my-{name}")
    if find_spec(chosen.module):
        raise AuthorError(f"{name!r} is taken: a module {chosen.module} is installed already; choose another name")
    return chosen


def _suggestion(name: str) -> str:
    better = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:MAX_CHARS].rstrip("-")
    return f"; try {better}" if _NAME.fullmatch(better) else ""
