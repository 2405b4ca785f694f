"""From the annotation of an option to what it takes as plain JSON, and how a plain value becomes one of its type."""

import dataclasses
import enum
import types
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from newsdesk.sdk.errors import OptionError
from newsdesk.sdk.patterns import trouble_with

MATCHED_CHARS = 200
"""A text option with a pattern has at most so many characters, unless `max_length` says otherwise."""

_RESERVED = frozenset({"name", "version", "requires", "provides", "accepts", "process"})
_OF_ITEMS = {"minimum", "maximum", "choices", "pattern", "min_length", "max_length", "format"}
_KEYWORDS = {
    "minimum": "minimum", "maximum": "maximum", "pattern": "pattern", "min_length": "minLength", "max_length": "maxLength",
    "min_items": "minItems", "max_items": "maxItems", "format": "format",
}  # fmt: skip
_TAKEN_BY = {
    "minimum": {"integer", "number"}, "maximum": {"integer", "number"}, "pattern": {"string"}, "min_length": {"string"},
    "max_length": {"string"}, "min_items": {"array"}, "max_items": {"array"}, "format": {"string"},
    "choices": {"string", "integer", "number"},
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Shape:
    """What a type takes as plain JSON, and how a plain value becomes one of it."""

    schema: Mapping[str, Any]
    make: Callable[[Any], Any] = lambda value: value


def fields_of(thing: Any) -> tuple[dataclasses.Field[Any], ...]:
    """The fields that are options: all that the dataclass is made from."""
    return tuple(each for each in dataclasses.fields(thing) if each.init) if dataclasses.is_dataclass(thing) else ()


def secret_names(processor: Any) -> frozenset[str]:
    """The options of a processor that are secrets."""
    cls: Any = type(processor)
    return _secret_names(cls)


@lru_cache(maxsize=512)
def _secret_names(cls: Any) -> frozenset[str]:
    return frozenset(each.name for each in fields_of(cls) if each.metadata.get("secret"))


def shapes_of(processor: Any) -> Mapping[str, Shape]:
    """The shape of each option of a processor. Raises OptionError where one is badly declared."""
    cls: Any = type(processor)
    return _shapes(cls)


@lru_cache(maxsize=512)
def _shapes(cls: Any) -> Mapping[str, Shape]:
    if taken := sorted(_RESERVED.intersection(each.name for each in fields_of(cls))):
        raise OptionError(f"{taken[0]!r} is annotated, which makes it an option; take the annotation off, or use ClassVar")
    try:
        hints = get_type_hints(cls)
    except Exception as error:  # an annotation is a plugin's code
        raise OptionError(f"its annotations cannot be read: {error!r:.200}; import what they name") from error
    return {each.name: _declared(each, hints[each.name]) for each in fields_of(cls)}


def _declared(field: dataclasses.Field[Any], hint: Any) -> Shape:
    shape, said = _shape(hint, field.name), field.metadata
    schema = dict(shape.schema)
    for keyword, name in (("title", "title"), ("description", "help")):
        if said.get(name):
            schema[keyword] = str(said[name])
    for name in (each for each in _TAKEN_BY if said.get(each) is not None):
        _say(schema, name, said[name], field.name)
    for part in (schema, schema.get("items", {})):
        _check_pattern(part, field.name)
    if said.get("secret"):
        if schema.get("type") != "string" and schema.get("type") != ["string", "null"]:
            raise OptionError(f"option {field.name!r} is a secret, so it must be a str, or str | None")
        if field.repr or field.default not in ("", None):
            rule = "must have an empty default and repr=False"
            raise OptionError(f'option {field.name!r} is a secret, so it {rule}; write option("", secret=True)')
        schema["writeOnly"] = True
    return Shape(schema, shape.make)


def _say(schema: dict[str, Any], name: str, value: Any, option_name: str) -> None:
    """Put a bound into the schema, or into that of its items."""
    target = schema
    if schema.get("type") == "array" and name in _OF_ITEMS:
        target = schema["items"] = dict(schema.get("items", {}))
    kinds = target.get("type", ())
    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    if not kinds & _TAKEN_BY[name]:
        fitting = " or ".join(sorted(_TAKEN_BY[name]))
        raise OptionError(f"option {option_name!r} has {name}, which is for {fitting} alone; take it out")
    if name == "choices":
        target["enum"] = [*value, None] if "null" in kinds else list(value)
    else:
        target[_KEYWORDS[name]] = value


def _check_pattern(schema: dict[str, Any], option_name: str) -> None:
    if "pattern" not in schema:
        return
    schema.setdefault("maxLength", MATCHED_CHARS)
    if trouble := trouble_with(str(schema["pattern"]), schema["maxLength"]):
        raise OptionError(f"option {option_name!r}: its pattern {trouble}")


def _shape(hint: Any, name: str) -> Shape:
    origin, arguments = get_origin(hint), get_args(hint)
    simple = {bool: "boolean", int: "integer", str: "string"}
    if hint in (Any, object):
        return Shape({})
    if isinstance(hint, type) and hint in simple:
        return Shape({"type": simple[hint]})
    if hint is float:
        return Shape({"type": "number"}, float)
    if origin is Literal:
        return _choice(arguments)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return Shape(_choice(tuple(each.value for each in hint)).schema, hint)
    if origin in (Union, types.UnionType) and len(arguments) == 2 and type(None) in arguments:
        return _optional(_shape(next(each for each in arguments if each is not type(None)), name))
    if hint in (tuple, list):
        return Shape({"type": "array"}, hint)
    if origin is list or (origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis):
        items = _shape(arguments[0], name)
        return Shape({"type": "array", "items": items.schema}, lambda value: origin(map(items.make, value)))
    if hint is dict or origin in (dict, Mapping):
        rest = _shape(arguments[1], name).schema if arguments else {}
        return Shape({"type": "object", **({"additionalProperties": rest} if rest else {})})
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _nested(hint)
    known = "bool, int, float, str, Literal, Enum, tuple[…, ...] of these, these | None, a dataclass of these, dict"
    raise OptionError(f"option {name!r} has the type {getattr(hint, '__name__', hint)!s:.60}; use {known}")


def _choice(values: tuple[Any, ...]) -> Shape:
    kinds = {str: "string", bool: "boolean", int: "integer", float: "number"}
    if any(type(each) not in kinds for each in values):
        raise OptionError(f"choices must be text or numbers, not {values!r:.80}")
    found = sorted({kinds[type(each)] for each in values})
    return Shape({"type": found[0] if len(found) == 1 else found, "enum": list(values)})


def _optional(shape: Shape) -> Shape:
    schema = dict(shape.schema)
    if "type" in schema:
        kinds = [schema["type"]] if isinstance(schema["type"], str) else list(schema["type"])
        schema["type"] = [*kinds, "null"]
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return Shape(schema, lambda value: None if value is None else shape.make(value))


def _nested(cls: Any) -> Shape:
    shapes = _shapes(cls)
    if _secret_names(cls):
        raise OptionError(f"{cls.__name__} has a secret; declare it on the processor itself")
    properties = {name: shape.schema for name, shape in shapes.items()}
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return Shape(schema, lambda value: cls(**{name: shapes[name].make(each) for name, each in value.items()}))
