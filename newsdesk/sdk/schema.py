"""JSON Schema, as much of it as kinds and options need (a subset of draft 2020-12), without a dependency.

Plugins must load with the standard library and pluggy alone, so the usual library is not at hand here. A keyword
outside the subset is an error when the schema is declared, never silently ignored.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list, tuple), "string": (str,), "integer": (int,), "number": (int, float),
    "boolean": (bool,), "null": (type(None),),
}  # fmt: skip
"""The names of types, and what Python has for them."""

_KEYWORDS = frozenset({
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "minLength", "maxLength",
    "pattern", "minimum", "maximum", "minItems", "maxItems", "anyOf", "title", "description", "default", "examples",
})  # fmt: skip


def unknown_keywords(schema: Mapping[str, Any]) -> set[str]:
    """The keywords in this schema, at any depth, that `violations` does not know."""
    found = set(schema) - _KEYWORDS
    nested = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    nested += [schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), Mapping)]
    return found.union(*(unknown_keywords(each) for each in nested))


def violations(value: Any, schema: Mapping[str, Any], path: str = "data") -> Iterator[str]:
    """What is wrong with a plain value, one sentence each, beginning with the path to it; nothing if it is valid."""
    types = schema.get("type", ())
    types = (types,) if isinstance(types, str) else tuple(types)
    if types and not any(_is(value, name) for name in types):
        yield f"{path} must be {' or '.join(types)}, not {_shown(value)}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path} must be one of {', '.join(map(repr, schema['enum']))}, not {_shown(value)}"
    if "const" in schema and value != schema["const"]:
        yield f"{path} must be {schema['const']!r}, not {_shown(value)}"
    if "anyOf" in schema:
        branches = [list(violations(value, branch, path)) for branch in schema["anyOf"]]
        if all(branches):
            yield min(branches, key=len)[0]
    if isinstance(value, str):
        yield from _string(value, schema, path)
    elif isinstance(value, dict):
        yield from _object(value, schema, path)
    elif isinstance(value, (list, tuple)):
        yield from _array(value, schema, path)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield from _number(value, schema, path)


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name]) or (name == "integer" and isinstance(value, float) and value.is_integer())


def _string(value: str, schema: Mapping[str, Any], path: str) -> Iterator[str]:
    if len(value) < schema.get("minLength", 0):
        yield f"{path} must have {schema['minLength']} characters or more"
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{path} must have {schema['maxLength']} characters or fewer, not {len(value)}"
    elif "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path} must match {schema['pattern']!r}, not {_shown(value)}"


def _number(value: float, schema: Mapping[str, Any], path: str) -> Iterator[str]:
    if value < schema.get("minimum", value):
        yield f"{path} must be {schema['minimum']} or more, not {value}"
    if value > schema.get("maximum", value):
        yield f"{path} must be {schema['maximum']} or less, not {value}"


def _object(value: Mapping[str, Any], schema: Mapping[str, Any], path: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{path} must have {name!r}"
    rest = schema.get("additionalProperties", True)
    for name, each in value.items():
        if name in properties:
            yield from violations(each, properties[name], f"{path}.{name}")
        elif rest is False:
            yield f"{path} must not have {name!r}; known are {', '.join(map(repr, properties)) or 'none'}"
        elif isinstance(rest, Mapping):
            yield from violations(each, rest, f"{path}.{name}")


def _array(value: list[Any] | tuple[Any, ...], schema: Mapping[str, Any], path: str) -> Iterator[str]:
    if len(value) < schema.get("minItems", 0):
        yield f"{path} must have {schema['minItems']} items or more, not {len(value)}"
    if len(value) > schema.get("maxItems", len(value)):
        yield f"{path} must have {schema['maxItems']} items or fewer, not {len(value)}"
    for index, each in enumerate(value):
        if "items" in schema:
            yield from violations(each, schema["items"], f"{path}[{index}]")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
