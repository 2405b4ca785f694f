"""What a processor, a reader or an exporter says of itself: the rules by which Newsdesk takes it or leaves it out."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsdesk.sdk.declaration import NAME, VERSION, wrong_with_exporter, wrong_with_processor, wrong_with_reader
from newsdesk.sdk.exporter import Exporter
from newsdesk.sdk.kinds import Kind
from newsdesk.sdk.media import READABLE
from newsdesk.sdk.processor import Processor

_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_SUFFIX = re.compile(r"(\.[a-z0-9_+-]+)+")
READER = ("name", "version", "media_types", "read")
"""What a reader has."""

Wrong = tuple[str, str, str]
"""What was found, what was expected, and what to do."""


def wrong_processor(processor: Any, kinds: Mapping[str, Kind]) -> Iterator[Wrong]:
    """What is wrong with a processor's declaration; nothing if all is right."""
    if not isinstance(processor, Processor):
        yield _lacking(processor, ("name", "version", "requires", "provides", "process"))
        return
    yield from _wrong_names(processor)
    if not _is_frozen(processor):
        yield "it is no frozen dataclass", "@dataclass(frozen=True): its fields are its options", "decorate the class"
    for attribute, known in (("requires", {"content", *kinds}), ("provides", set(kinds))):
        value = getattr(processor, attribute)
        if not isinstance(value, tuple) or not all(isinstance(each, str) for each in value):
            yield f"{attribute} is {value!r:.80}", "a tuple of kinds", f'write {attribute} = ("text",), with the comma'
        elif unknown := sorted(set(value) - known):
            expected = f"kinds that ship ({', '.join(sorted(kinds))}), or that are given"
            yield (
                f"{attribute} names {', '.join(unknown)}",
                expected,
                "mend the name, or give contract(..., kinds=[...]) the kind",
            )
    if not processor.provides:
        yield "provides is empty", "one kind or more", "name the kinds that process() yields"
    accepted = getattr(processor, "accepts", ())
    if not isinstance(accepted, tuple) or not all(isinstance(each, str) and _TYPE.fullmatch(each) for each in accepted):
        yield f"accepts is {accepted!r:.80}", "a tuple of media types", 'write accepts = ("text/plain",), or leave it out'
    if wrong := wrong_with_processor(processor, kinds):  # the rules of the registry, which has the last word
        yield wrong, "a processor that Newsdesk takes", "mend it"


def wrong_exporter(exporter: Any) -> Iterator[Wrong]:
    """What is wrong with an exporter's declaration; nothing if all is right."""
    if not isinstance(exporter, Exporter):
        yield _lacking(exporter, ("name", "version", "media_type", "suffix", "export"))
        return
    yield from _wrong_names(exporter)
    if not isinstance(exporter.media_type, str) or not _TYPE.fullmatch(exporter.media_type):
        yield f"media_type is {exporter.media_type!r:.80}", "a media type in lower case", 'write one such as "text/csv"'
    if not isinstance(exporter.suffix, str) or not re.fullmatch(r"(\.[A-Za-z0-9]+)+", exporter.suffix):
        yield f"suffix is {exporter.suffix!r:.80}", "a file's ending with its dot", 'write one such as ".csv"'
    if wrong := wrong_with_exporter(exporter):  # as above
        yield wrong, "an exporter that Newsdesk takes", "mend it"


def wrong_reader(reader: Any) -> Iterator[Wrong]:
    """What is wrong with a reader's declaration; nothing if all is right."""
    if not all(hasattr(reader, name) for name in READER) or not callable(reader.read):
        yield _lacking(reader, READER)
        return
    yield from _wrong_names(reader)
    if not _is_frozen(reader) or dataclasses.fields(reader):
        expected = "@dataclass(frozen=True) without fields: readers have no options"
        yield "it is no frozen dataclass, or has fields", expected, "decorate the class, and leave out its fields"
    for attribute, right, rule in (
        ("media_types", _is_foreign, 'a media type that nobody reads without it, as in ("application/acme+json",)'),
        ("prefixes", lambda each: isinstance(each, bytes) and each, 'bytes that content begins with, as in (b"{",)'),
        ("suffixes", lambda each: isinstance(each, str) and _SUFFIX.fullmatch(each), 'a file\'s ending, as in (".acme",)'),
    ):
        value = getattr(reader, attribute, ())
        if not isinstance(value, tuple) or not all(map(right, value)) or (attribute == "media_types" and not value):
            yield f"{attribute} is {value!r:.80}", f"a tuple, each {rule}", "mend it"
            return
    if wrong := wrong_with_reader(reader):  # as above
        yield wrong, "a reader that Newsdesk takes", "mend it"


def _is_frozen(declared: Any) -> bool:
    return bool(getattr(getattr(declared, "__dataclass_params__", None), "frozen", False))


def _is_foreign(media_type: Any) -> bool:
    return isinstance(media_type, str) and _TYPE.fullmatch(media_type) is not None and media_type not in READABLE


def _lacking(declared: Any, names: tuple[str, ...]) -> Wrong:
    lacking = [name for name in names if not hasattr(declared, name)] or [f"{names[-1]}() that can be called"]
    return f"it has no {', '.join(lacking)}", f"{', '.join(names[:-1])} and {names[-1]}()", "add what is missing"


def _wrong_names(declared: Any) -> Iterator[Wrong]:
    if not isinstance(declared.name, str) or not NAME.fullmatch(declared.name):
        expected = "lower-case letters, digits and hyphens, a letter first, 50 at most"
        yield f"name is {declared.name!r:.80}", expected, "choose such a name; it is used in addresses and settings"
    if not isinstance(declared.version, str) or not VERSION.fullmatch(declared.version):
        yield f"version is {declared.version!r:.80}", "a string such as '1', 50 characters at most", 'write version = "1"'
