"""What a processor is: a named, versioned, pure function from a document to artifacts, with options as fields."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, runtime_checkable

from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.document import Document
from newsdesk.sdk.options import plain_options, with_values


@runtime_checkable
class Processor(Protocol):
    """A frozen dataclass whose class attributes declare it and whose fields are its options.

    `requires` and `provides` name kinds; "content" in `requires` asks for the bytes. `accepts` (may be left out) lists
    the media types that it reads; it is skipped for others. `process` must give the same artifacts for the same
    document and options, on any machine, in any order.
    """

    name: str
    version: str

    @property  # so that a class attribute of two kinds, whose type says two, is one too
    def requires(self) -> tuple[str, ...]:
        """The kinds that must be there first, or "content"."""
        ...

    @property
    def provides(self) -> tuple[str, ...]:
        """The kinds that it may yield."""
        ...

    def process(self, document: Document) -> Iterable[Artifact]:
        """Find artifacts of the kinds in `provides`. May raise: the run fails, the document's other runs go on."""
        ...


def accepts(processor: Processor, media_type: str) -> bool:
    """Whether the processor reads documents of this media type."""
    wanted: tuple[str, ...] = getattr(processor, "accepts", ())
    return not wanted or media_type in wanted


def options(processor: Processor) -> dict[str, Any]:
    """The processor's options by name, with their present values as plain JSON. Secrets are not among them."""
    return plain_options(processor)


def configured(processor: Processor, values: Mapping[str, Any]) -> Processor:
    """The processor with some options set, given as plain JSON. Raises OptionError that names option, value and remedy."""
    changed: Processor = with_values(processor, values)
    return changed
