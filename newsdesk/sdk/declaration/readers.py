"""What is wrong with a reader that a plugin declares, before anything is read by it."""

import dataclasses
import re
from typing import Any

from newsdesk.sdk.declaration.names import wrong_with_names
from newsdesk.sdk.media import READABLE, Format
from newsdesk.sdk.reader import Reader

MAX_ANNOUNCED = 20
LEAST_PREFIX = 4
"""A shorter beginning is that of too many formats to go by it alone."""

_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
_SUFFIX = re.compile(r"(?:\.[a-z0-9_+-]{1,20}){1,3}")


def wrong_with_reader(reader: Any) -> str | None:
    """What is wrong with a declared reader, with its name, the rule and the remedy; None if nothing is."""
    if not isinstance(reader, Reader):
        return f"{reader!r:.80} is no reader; it must have name, version, media_types and read()"
    if wrong := wrong_with_names(reader, "reader"):
        return wrong
    if not dataclasses.is_dataclass(reader) or not reader.__dataclass_params__.frozen or dataclasses.fields(reader):
        return f"reader {reader.name} must be a frozen dataclass without fields: readers have no options"
    wrong = _announced(announced(reader))
    return f"reader {reader.name}: {wrong}" if wrong else None


def announced(reader: Reader) -> Format:
    """What a reader announces."""
    return Format(reader.name, reader.media_types, getattr(reader, "prefixes", ()), getattr(reader, "suffixes", ()))


def _announced(told: Format) -> str | None:
    for name, values in (("media_types", told.media_types), ("prefixes", told.prefixes), ("suffixes", told.suffixes)):
        if not isinstance(values, tuple) or len(values) > MAX_ANNOUNCED:
            return f"{name} must be a tuple of {MAX_ANNOUNCED} at most, not {values!r:.80}"
    if not told.media_types:
        return "media_types must name one at least"
    for each in told.media_types:
        if not isinstance(each, str) or not _MEDIA_TYPE.fullmatch(each) or len(each) > 100:
            return f"media type {each!r:.120} must be type/subtype in small letters, 100 characters at most"
        if each in READABLE:
            return f"media type {each!r} is read without a reader; leave it out"
    for prefix in told.prefixes:
        if not isinstance(prefix, bytes) or not 0 < len(prefix) <= 64:
            return f"prefix {prefix!r:.80} must be bytes, 1 to 64 of them"
        if len(prefix) < LEAST_PREFIX and not told.suffixes:
            return f"prefix {prefix!r} says too little by itself; give {LEAST_PREFIX} bytes or more, or suffixes too"
    for each in told.suffixes:
        if not isinstance(each, str) or not _SUFFIX.fullmatch(each):
            return f"suffix {each!r:.80} must be a dot and small letters or digits, such as '.ninjs'"
    return None
