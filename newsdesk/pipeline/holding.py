"""Hold what came back from a processor to the contract, before anything is made of it.

`newsdesk.sdk.contract` says what is right, and what is wrong with what is not. Here stands only a quick look that
recognises most of what is obviously right: a page has hundreds of findings, and hardly ever a wrong one.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from newsdesk.pipeline.findings import Entry, Findings, artifact
from newsdesk.sdk.artifact import canonical_json
from newsdesk.sdk.contract import MAX_ARTIFACTS, MAX_DATA_CHARS, MAX_SPANS, check_artifact
from newsdesk.sdk.errors import ContractError
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.processor import Processor


class Sight(NamedTuple):
    """What a quick look sees: all is right; and whether no two findings can be the same, since each has a place of its own."""

    distinct: bool


Look = Callable[[bytes, int, int], Sight | None]
"""A look at the JSON of a kind's findings, with the count of them and the length of the text. None where it is not obvious
that all are right: that may be said of what is right, but `Sight` never of what is not. A pattern over the JSON, in the form
in which findings are written, is done with all of them before one of them was made an object.
"""

_PLAIN = r'[^"\\\[{\x00-\x1f]'
_MARKED = r'\\["\\/n]'
"""In a string: a byte that means itself and begins nothing else, and two that mean a mark or a line's end."""

_OFFSET = r"(?:0|[1-9][0-9]{0,8})"
_PLACE = re.compile(rb"\[([0-9]++),([0-9]++),")
_encode = json.JSONEncoder(ensure_ascii=False).encode

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
    for kind in (each for each in findings.kinds if each != "text"):
        look = _look(kinds.get(kind)) if _is_plainly_canonical(findings.segment(kind)) else None
        seen = look(findings.segment(kind), findings.count(kind), length) if look else None
        if seen is None:
            for number, entry in enumerate(findings.entries(kind)):
                check_artifact(artifact(kind, entry), text, kinds, f"artifact {number} ({kind})")
        if not (seen and seen.distinct) and (twice := _twice(findings.entries(kind))):
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
    """The quick look for a kind: one whose data is a few strings, and whose spans have one role. None for other kinds."""
    if kind is None:
        return None
    made_for, look = _LOOKS.get(kind.name, (None, None))
    if made_for is not kind:
        data = _data(kind.schema) if kind.check is None and len(kind.roles) == 1 else None
        look = _look_at(data, *next(iter(kind.roles.items()))) if data is not None else None
        _LOOKS[kind.name] = (kind, look)
    return look


def _data(schema: Mapping[str, Any]) -> str | None:
    """The pattern of an object whose strings are all required, if that is all that the schema asks."""
    if set(schema) != {"type", "required", "properties"} or set(schema["required"]) != set(schema["properties"]):
        return None
    fields = []
    for name, each in sorted(schema["properties"].items()):
        if each.get("type") != "string":
            return None
        if set(each) == {"type", "enum"} and all(isinstance(word, str) for word in each["enum"]):
            said = "|".join(re.escape(_encode(word)) for word in each["enum"])
        elif set(each) == {"type", "minLength", "maxLength"} and each["minLength"] <= 1:
            most = each["maxLength"]
            said = f'"{_PLAIN}{{1,{most}}}+"|"(?:{_PLAIN}|{_MARKED}){{1,{most}}}+"'
        else:
            return None
        fields.append(f"{re.escape(_encode(name))}:(?:{said})")
    return rf"\{{{','.join(fields)}\}}"


def _look_at(data: str, role: str, bounds: tuple[int, int | None]) -> Look:
    least, most = bounds[0], MAX_SPANS if bounds[1] is None else bounds[1]
    span = rf'\[{_OFFSET},{_OFFSET},"{re.escape(role)}"\]'
    spans = rf"{span}(?:,{span}){{{max(0, least - 1)},{most - 1}}}+" if most else ""
    entry = rf"\[{data},\[(?:{spans}){'?' if least == 0 else ''}\],(?:null|0\.[0-9]{{1,20}}|1\.0)\]"
    pattern = re.compile(rf"\[{entry}(?:,{entry})*+\]".encode())

    def look(segment: bytes, count: int, length: int) -> Sight | None:
        if not pattern.fullmatch(segment) or segment.count(b"{") != count:
            return None
        places = _PLACE.findall(segment)
        if not all(int(start) < int(end) <= length for start, end in places):
            return None
        return Sight(least == most == 1 and len(set(places)) == count)

    return look
