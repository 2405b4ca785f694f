"""A processor or a reader over one of the kit's documents: what came of it, and what it did to the document."""

import copy
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.contract import MAX_ARTIFACTS
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import UnreadableContent
from newsdesk.sdk.testing.samples import Sample

_NOTHING = object()
_NEEDS = (
    *((name, "content") for name in ("content", "url", "charset", "decoded", "sha256")),
    *((name, "text") for name in ("text", "body")),
    ("body", "paragraph"),
)
_ITSELF = {"newsdesk.sdk.document", "dataclasses", "copy"}
"""Modules that read every field of a document, and ask for none."""


@dataclass(frozen=True)
class Trial:
    """`found` is whatever a processor yielded, in its order, or the document that was read.

    `error` is what it raised, other than UnreadableContent; `changed` what it changed of the document, in words;
    `text` what spans lie in.
    """

    sample: Sample
    found: tuple[Any, ...] = ()
    error: Exception | SystemExit | None = None
    seconds: float = 0.0
    changed: str = ""
    text: str | None = field(default=None, repr=False)

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """Those findings that are artifacts."""
        return tuple(each for each in self.found if isinstance(each, Artifact))


def attempt(subject: Any, sample: Sample) -> Trial:
    """Run a processor over the document, or have a reader read it, as the house does: it may raise anything."""
    view = sample.document.view(getattr(subject, "requires", ("content",)))
    before = copy.deepcopy(view)
    started = time.perf_counter()
    found, error = collected(lambda: subject.process(view) if hasattr(subject, "process") else [subject.read(view)])
    seconds = time.perf_counter() - started
    texts = [each.data.get("text") for each in found if isinstance(each, Artifact) and _is_text(each)]
    text = view.text if view.has_text else texts[0] if texts else None
    return Trial(sample, found, error, seconds, changes(before, view), text if isinstance(text, str) else None)


def _is_text(artifact: Artifact) -> bool:
    return artifact.kind == "text" and isinstance(artifact.data, dict)


def collected(process: Callable[[], Iterable[Any]]) -> tuple[tuple[Any, ...], Exception | SystemExit | None]:
    """All that it gives, or what it raised. One artifact too many shows that there were too many, even if there is no end."""
    try:
        return tuple(islice(process(), MAX_ARTIFACTS + 1)), None
    except UnreadableContent:
        return (), None
    except (Exception, SystemExit) as error:
        return (), error


def changes(before: Document, after: Document) -> str:
    """What a processor changed of the document that it was given; nothing if it left it alone."""
    for number, (old, new) in enumerate(zip(before.artifacts, after.artifacts, strict=False)):
        if old != new:
            return f"artifacts[{number}] ({old.kind}) was {old!r:.200}, and is {new!r:.200}"
    for name, value in vars(after).items():
        if getattr(before, name, _NOTHING) != value:
            return f"document.{name} was {getattr(before, name, 'not there')!r:.200}, and is {value!r:.200}"
    return ""


class Watched(Document):
    """A document that remembers what was asked of it, other than by itself."""

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_") and sys._getframe(1).f_globals.get("__name__") not in _ITSELF:
            object.__getattribute__(self, "__dict__").setdefault("asked", set()).add(name)
        return object.__getattribute__(self, name)

    def of_kind(self, *kinds: str) -> tuple[Artifact, ...]:
        """As `Document.of_kind`; each kind is remembered with a colon before it."""
        vars(self).setdefault("asked", set()).update(f":{kind}" for kind in kinds)
        return super().of_kind(*kinds)


def watched(document: Document) -> Watched:
    """This document, watched."""
    return Watched(document.name, document.url, document.media_type, document.content, document.charset, document.artifacts)


def beyond(document: Watched, requires: Iterable[str]) -> list[str]:
    """What was asked of the document that `requires` does not give, each with the kind that is missing there."""
    given, asked = set(requires), vars(document).get("asked", set())
    wanted = [(f"document.{name}", kind) for name, kind in _NEEDS if name in asked]
    wanted += [(f"document.of_kind({name[1:]!r})", name[1:]) for name in sorted(asked) if name.startswith(":")]
    return [f"{what}, which needs {kind!r} in `requires`" for what, kind in wanted if kind not in given]
