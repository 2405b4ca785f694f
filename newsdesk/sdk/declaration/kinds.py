"""What is wrong with a kind that a plugin declares, before anything is held to it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from newsdesk.sdk.artifact import canonical_json
from newsdesk.sdk.declaration.names import NAME
from newsdesk.sdk.kinds import Kind
from newsdesk.sdk.schema import TYPES, unknown_keywords

MAX_LABEL_CHARS = 50
MAX_ROLES = 20
MAX_SCHEMA_CHARS = 20_000
RESERVED = frozenset({"content", "reading"})
"""Words that `requires` or the pipeline have for something else."""


def wrong_with_kind(kind: Any) -> str | None:
    """What is wrong with a declared kind, with its name, the rule and the remedy; None if nothing is."""
    if not isinstance(kind, Kind):
        return f"{kind!r:.80} is no kind; return instances of newsdesk.sdk.Kind"
    if not isinstance(kind.name, str) or not NAME.fullmatch(kind.name) or kind.name in RESERVED:
        rule = "must be lower-case letters, digits and hyphens, 50 at most"
        return f"kind name {kind.name!r:.80} {rule}, and none of {', '.join(sorted(RESERVED))}"
    wrong = _label(kind.label) or _roles(kind.roles) or _schema(kind.schema)
    if wrong is None and not isinstance(kind.reviewed, bool):
        wrong = f"reviewed must be True or False, not {kind.reviewed!r:.80}"
    if wrong is None and kind.check is not None and not callable(kind.check):
        wrong = f"check must be a function of artifact and text, or None, not {kind.check!r:.80}"
    return f"kind {kind.name}: {wrong}" if wrong else None


def own_copy(kind: Kind) -> Kind:
    """A kind that was found right, in values that its plugin can change no more."""
    schema = json.loads(json.dumps(kind.schema))
    return Kind(kind.name, kind.label, schema, dict(kind.roles), kind.reviewed, kind.check)


def _label(label: Any) -> str | None:
    if isinstance(label, str) and label.strip() == label and 0 < len(label) <= MAX_LABEL_CHARS and label.isprintable():
        return None
    return f"label must be a few words for editors, {MAX_LABEL_CHARS} characters at most, not {label!r:.80}"


def _roles(roles: Any) -> str | None:
    if not isinstance(roles, Mapping) or len(roles) > MAX_ROLES:
        return f"roles must be a dict of {MAX_ROLES} roles at most, not {roles!r:.80}"
    for role, bounds in roles.items():
        if not isinstance(role, str) or not NAME.fullmatch(role):
            return f"role {role!r:.80} must be lower-case letters, digits and hyphens, 50 at most"
        if not _are_bounds(bounds):
            return f"role {role!r} must have (least, most): two whole numbers, or a number and None, not {bounds!r:.80}"
    return None


def _are_bounds(bounds: Any) -> bool:
    if not isinstance(bounds, tuple) or len(bounds) != 2:
        return False
    least, most = bounds
    return type(least) is int and least >= 0 and (most is None or (type(most) is int and most >= max(least, 1)))


def _schema(schema: Any) -> str | None:
    if not isinstance(schema, Mapping) or schema.get("type") != "object":
        return f"schema must be a dict with the type 'object', since data is one, not {schema!r:.80}"
    try:
        size = len(canonical_json(schema))
    except (TypeError, ValueError, RecursionError) as error:
        return f"schema must be plain JSON: {error}"
    if size > MAX_SCHEMA_CHARS:
        return f"schema has {size:,} bytes as JSON; the limit is {MAX_SCHEMA_CHARS:,}; say less in it, and more in check"
    if wrong := next(_ill_formed(schema, "schema"), None):
        return wrong
    if unknown := sorted(unknown_keywords(schema)):
        return f"schema has {', '.join(map(repr, unknown))}, which is not in the subset; leave it out, or say it in check"
    return None


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and len(value) > 0


def _are_names(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value)


def _are_types(value: Any) -> bool:
    return value in TYPES if isinstance(value, str) else _is_list(value) and all(each in TYPES for each in value)


def _is_pattern(value: Any) -> bool:
    try:
        re.compile(value)
    except (TypeError, re.error, RecursionError, OverflowError):
        return False
    return isinstance(value, str)


_VALUES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "type": (_are_types, f"one of {', '.join(TYPES)}, or a list of them"),
    "required": (_are_names, "a list of names"),
    "enum": (_is_list, "a list of values"),
    "pattern": (_is_pattern, "a regular expression"),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), (_is_count, "a whole number of 0 or more")),
    **dict.fromkeys(("minimum", "maximum"), (_is_number, "a number")),
}
"""What the values of keywords must be, and how that is said."""


def _ill_formed(schema: Any, path: str) -> Iterator[str]:
    """What would break whoever holds data to this schema."""
    if not isinstance(schema, Mapping):
        yield f"{path} must be a dict, not {schema!r:.80}"
        return
    for keyword, value in schema.items():
        right, rule = _VALUES.get(keyword, (None, ""))
        if right is not None and not right(value):
            yield f"{path}.{keyword} must be {rule}, not {value!r:.80}"
    properties, branches, rest = schema.get("properties", {}), schema.get("anyOf", ()), schema.get("additionalProperties", True)
    if not isinstance(properties, Mapping):
        yield f"{path}.properties must be a dict, not {properties!r:.80}"
        return
    if "anyOf" in schema and not _is_list(branches):
        yield f"{path}.anyOf must be a list of schemas, not {branches!r:.80}"
        return
    for name, each in properties.items():
        yield from _ill_formed(each, f"{path}.properties.{name}")
    for number, each in enumerate(branches):
        yield from _ill_formed(each, f"{path}.anyOf[{number}]")
    if "items" in schema:
        yield from _ill_formed(schema["items"], f"{path}.items")
    if not isinstance(rest, bool):
        yield from _ill_formed(rest, f"{path}.additionalProperties")
