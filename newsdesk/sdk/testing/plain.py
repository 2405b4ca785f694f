"""What a trial gave, as JSON that two interpreters can compare, and the first place where two such differ."""

import json
from typing import Any

from newsdesk.sdk.document import Document
from newsdesk.sdk.testing.trial import Trial


def as_plain(trial: Trial) -> Any:
    """The artifacts in their order, or the document that was read, as plain JSON; for an error its name, else a type."""
    if trial.error is not None:
        return {"error": type(trial.error).__name__}
    if len(trial.found) == 1 and isinstance(read := trial.found[0], Document):
        return {"media_type": _plain_value(read.media_type), "url": _plain_value(read.url), "content": repr(read.content)}
    return [_plain(each) for each in trial.found]


def difference(one: Any, other: Any) -> str:
    """The first place where two results differ, for a message."""
    if isinstance(one, dict) and isinstance(other, dict):
        return _first(one, other, "")
    if not isinstance(one, list) or not isinstance(other, list):
        return f"{_cut(one)}, then {_cut(other)}"
    for number, (old, new) in enumerate(zip(one, other, strict=False)):
        if old != new:
            return f"artifact {number}: {_first(old, new, '')}"
    return f"{len(one):,} artifacts, then {len(other):,}"


def _first(old: Any, new: Any, path: str) -> str:
    """The innermost place where two plain values first differ, and both values there."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        key = next(key for key in old if old[key] != new[key])
        return _first(old[key], new[key], f"{path}.{key}" if path else str(key))
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        number = next(i for i, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1])
        return _first(old[number], new[number], f"{path}[{number}]")
    return f"{path or 'it'} is {_cut(old)}, then {_cut(new)}"


def _plain_value(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else _type(value)


def _plain(found: Any) -> Any:
    try:
        return json.loads(json.dumps(found.to_plain(), default=_type))
    except Exception:
        return _type(found)


def _type(value: Any) -> str:
    return f"({type(value).__name__})"


def _cut(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:197]}..."
