"""A processor with an option of every sort, on a desk that really has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from newsdesk.host import registry
from newsdesk.sdk import Artifact, Document, Span, option

HOSTILE = "<script>alert(1)</script>"


class Way(StrEnum):
    NEAREST = "nearest"
    MODEL = "model"


@dataclass(frozen=True)
class Model:
    size: int = 8
    threshold: float = 0.45


@dataclass(frozen=True)
class Topics:
    """Finds places named after a word."""

    name = "topics"
    version = "1.3"
    requires = ("text",)
    provides = ("place",)

    words: tuple[str, ...] = option(("harbour",), title="Words", help=f"What to look for. {HOSTILE}", min_items=1)
    least: int = option(3, title="Shortest word", help="In letters.", minimum=1, maximum=50)
    share: float = option(0.5, minimum=0, maximum=1)
    strict: bool = option(False, help="Only where the case is the same.")
    languages: tuple[str, ...] = option(("de",), choices=("de", "sv", "en"), min_items=1)
    way: Way = option(Way.NEAREST, title="Speaker resolution")
    skip: str = option("", title="Skip pattern", help="Paragraphs that are left out.", format="regex")
    country: str | None = option(None, pattern="^[A-Z]{2}$")
    token: str = option("", title="API token", help="For the topic service.", secret=True)
    model: Model = option(Model(), help="Batch size and threshold.")

    def __post_init__(self) -> None:
        if self.strict and self.share > 0.9:
            raise ValueError("strict finds nothing with a share over 0.9; lower one of the two")

    def process(self, document: Document) -> Iterator[Artifact]:
        for word in self.words:
            at = document.text.lower().find(word.lower())
            if at >= 0 and len(word) >= self.least:
                yield Artifact("place", {"name": word}, (Span(at, at + len(word)),))


def installed(monkeypatch: object, processor: object) -> None:
    """Have this processor beside those that are installed."""
    monkeypatch.setitem(registry.registry().processors, processor.name, processor)
    registry._plan.cache_clear()
