"""Hold what came back from a processor to the contract, before anything is made of it.

`newsdesk.sdk.contract` says what is right, and what is wrong with what is not. Here stands only a quick look that
recognises most of what is obviously right: a page has hundreds of findings, and hardly ever a wrong one.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from newsdesk.pipeline.findings import Entry, Findings, artifact
from newsdesk.sdk.artifact import canonical_json
from newsdesk.sdk.contract import MAX_ARTIFACTS, MAX_DATA_CHARS, MAX_SPANS, check_artifact
from newsdesk.sdk.errors import ContractError
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.processor import Processor

MAX_SHORT = 100
"""A string without a choice of words is obviously right up to this length."""

Look = Callable[[Entry, int], bool]
"""Whether an entry is obviously right, in a text of this length. May say no to what is right, never yes to what is not."""

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff]")
"""What canonical text has not, and the byte order mark, which it has not at its beginning."""

_ESCAPED = re.compile(r"\\[urtbf]")
"""In JSON: escapes behind which such a character may hide."""


def hold(findings: Findings, processor: Processor, text: str | None, kinds: Mapping[str, Kind] = KINDS) -> Findings:
    """The findings, each valid and none twice. `text` is the canonical text, or None where this run must provide it.

    Outside the plugins' process `kinds` must have no code of plugins in them.

    Raises ContractError that names the artifact, the rule and the remedy.
    """
    if len(findings) > MAX_ARTIFACTS:
        raise ContractError(f"more than {MAX_ARTIFACTS:,} artifacts; yield fewer, larger findings")
    for kind in findings.kinds:
        if kind not in processor.provides:
            raise ContractError(f"artifact 0 is of kind {kind!r:.60}, which {processor.name} does not name in `provides`")
    try:
        return _held(findings, _text(findings, text), kinds)
    except (KeyError, TypeError, ValueError, UnicodeError) as error:
        raise ContractError(f"{processor.name} answered with what are no artifacts: {error!r:.200}") from error


def _text(findings: Findings, text: str | None) -> str | None:
    """The text that the findings stand in: the one that is there, or the one that is among them."""
    if not findings.count("text"):
        return text
    if text is not None or findings.count("text") > 1:
        raise ContractError("the document has a text already; only one processor may provide it, once")
    found = artifact("text", findings.entries("text")[0])
    check_artifact(found, None, KINDS, "artifact 0 (text)")
    return str(found.data["text"])


def _held(findings: Findings, text: str | None, kinds: Mapping[str, Kind]) -> Findings:
    length = len(text or "")
    repeated: dict[str, set[int]] = {}
    for kind in findings.kinds:
        entries = findings.entries(kind)
        if kind != "text":
            look = _look(kinds.get(kind)) if _is_plainly_canonical(findings.segment(kind)) else None
            for number, entry in enumerate(entries):
                if look is None or not look(entry, length):
                    check_artifact(artifact(kind, entry), text, kinds, f"artifact {number} ({kind})")
        if twice := _twice(entries):
            repeated[kind] = twice
    return findings.without(repeated) if repeated else findings


def _is_plainly_canonical(segment: bytes) -> bool:
    """Whether no string in this JSON can be anything but canonical text, and none is longer than data may be."""
    text = segment.decode()
    if len(text) > MAX_DATA_CHARS or ("\\" in text and _ESCAPED.search(text)):
        return False
    return (text.isprintable() or not _FORBIDDEN.search(text)) and unicodedata.is_normalized("NFC", text)


def _twice(entries: list[Entry]) -> set[int]:
    """The places of findings that are the same as an earlier one, whatever their confidence."""
    if len({(spans[0][0], spans[0][1]) for _, spans, _ in entries if spans}) == len(entries):
        return set()  # no two begin alike, as is usual
    places: dict[tuple[Any, ...], list[int]] = {}
    for number, (_, spans, _) in enumerate(entries):
        places.setdefault(tuple(spans[0][:2]) if spans else (), []).append(number)
    repeated: set[int] = set()
    for numbers in places.values():
        if len(numbers) > 1:
            seen: set[bytes] = set()
            for number in numbers:
                said = canonical_json(entries[number][:2])
                repeated |= {number} if said in seen else set()
                seen.add(said)
    return repeated


_LOOKS: dict[str, tuple[Kind, Look | None]] = {}
"""The looks that were made, by the name of the kind, each with the kind that it is for."""


def _look(kind: Kind | None) -> Look | None:
    """The quick look for a kind: one whose data is a few strings. None for other kinds."""
    if kind is None:
        return None
    made_for, look = _LOOKS.get(kind.name, (None, None))
    if made_for is not kind:
        fields = _strings(kind.schema) if kind.check is None else None
        look = _look_at(fields, kind.roles) if fields is not None and len(kind.roles) < 2 else None
        _LOOKS[kind.name] = (kind, look)
    return look


def _strings(schema: Mapping[str, Any]) -> dict[str, frozenset[str]] | None:
    """The names of an object's strings and the words that each may be, if that is all that the schema asks."""
    if set(schema) != {"type", "required", "properties"} or set(schema["required"]) != set(schema["properties"]):
        return None
    fields = {}
    for name, each in schema["properties"].items():
        if each.get("type") != "string":
            return None
        if set(each) == {"type", "enum"} and all(isinstance(word, str) for word in each["enum"]):
            fields[name] = frozenset(each["enum"])
        elif set(each) == {"type", "minLength", "maxLength"} and each["minLength"] <= 1 and each["maxLength"] >= MAX_SHORT:
            fields[name] = frozenset()
        else:
            return None
    return fields


def _look_at(fields: Mapping[str, frozenset[str]], roles: Mapping[str, tuple[int, int | None]]) -> Look:
    named = tuple(fields.items())
    role, (least, most) = next(iter(roles.items())) if len(roles) == 1 else ("", (0, 0))

    def look(entry: Entry, length: int) -> bool:
        data, spans, confidence = entry
        if type(data) is not dict or len(data) != len(named) or type(spans) is not list:
            return False
        if not least <= len(spans) <= (MAX_SPANS if most is None else most):
            return False
        for start, end, found in spans:
            if found != role or type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
                return False
        for name, words in named:
            value = data.get(name)
            if type(value) is not str or (value not in words if words else not 0 < len(value) <= MAX_SHORT):
                return False
        return confidence is None or (type(confidence) is float and 0 <= confidence <= 1)

    return look
