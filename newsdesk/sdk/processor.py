"""What a processor is: a named, versioned, pure function from a document to artifacts, with options as fields."""

import contextlib
import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, runtime_checkable

from newsdesk.sdk.artifact import Artifact, canonical_json
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import OptionError


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
    """The processor's options by name, with their present values."""
    if not dataclasses.is_dataclass(processor):
        return {}
    return {field.name: getattr(processor, field.name) for field in dataclasses.fields(processor)}


def configured(processor: Processor, values: Mapping[str, Any]) -> Processor:
    """The processor with some options set. Raises OptionError that names option, value and remedy."""
    known = options(processor)
    taken: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise OptionError(f"{processor.name} has no option {name!r}; it has {', '.join(sorted(known)) or 'none'}")
        expected, given = type(known[name]), type(value)
        if (expected, given) in ((float, int), (tuple, list)):  # what JSON and settings files make of them
            with contextlib.suppress(OverflowError):
                value, given = expected(value), expected
        if known[name] is not None and given is not expected:
            raise OptionError(f"{processor.name}: option {name!r} takes {expected.__name__}, not {value!r:.200}")
        taken[name] = value
    if not taken:
        return processor
    try:
        changed: Processor = dataclasses.replace(processor, **taken)  # type: ignore[type-var]
        canonical_json(options(changed))
    except (TypeError, ValueError) as error:
        raise OptionError(f"{processor.name} does not take {taken!r:.200}: {error}") from error
    return changed
