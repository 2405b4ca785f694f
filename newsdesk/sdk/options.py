"""Options: the fields of a processor's dataclass, with what may be said of them, as a JSON Schema and as a check.

The annotation gives the type, the default what holds until somebody says otherwise, and `option(...)` the rest: help,
bounds, choices. From these come the check when settings are loaded, the schema in the API, and the form on the desk.
"""

import copy
import dataclasses
import enum
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

from newsdesk.sdk.artifact import canonical_json
from newsdesk.sdk.errors import OptionError
from newsdesk.sdk.patterns import trouble_with
from newsdesk.sdk.schema import violations
from newsdesk.sdk.shapes import Shape, fields_of, secret_names, shapes_of

T = TypeVar("T")

HIDDEN = "••••••"
"""What is shown in the place of a secret."""

_WORDS = {
    "integer": "a whole number", "number": "a number", "string": "text", "boolean": "true or false", "array": "a list",
    "object": "a JSON object", "null": "null",
}  # fmt: skip


def option(
    default: T,
    *,
    help: str = "",
    title: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
    choices: Sequence[str | int | float] | None = None,
    pattern: str | None = None,
    format: Literal["regex"] | None = None,
    min_length: int | None = None,
    max_length: int | None = None,
    min_items: int | None = None,
    max_items: int | None = None,
    secret: bool = False,
) -> T:
    """A dataclass field with a default and what is said of it; what is None is not said.

    `minimum` and `maximum` bound numbers, both included. `pattern` is a regular expression that a text must have a match
    for; `format="regex"` says that the text is itself one. Lengths are in code points. Of a tuple, `min_items` and
    `max_items` bound how many there are, and the others hold for each item. A `secret` is text that nobody is ever shown
    again, such as the token of a service: it is no part of what a result depends on.
    """
    said = {
        "help": help, "title": title, "minimum": minimum, "maximum": maximum, "choices": choices, "pattern": pattern,
        "format": format, "min_length": min_length, "max_length": max_length, "min_items": min_items,
        "max_items": max_items, "secret": secret,
    }  # fmt: skip
    metadata = {name: value for name, value in said.items() if value is not None and value is not False and value != ""}
    if isinstance(default, (dict, list, set)):
        made: T = dataclasses.field(default_factory=lambda: copy.deepcopy(default), metadata=metadata)
    else:
        made = dataclasses.field(default=default, metadata=metadata, repr=not secret)
    return made


def plain_options(processor: Any, *, secrets: bool = False) -> dict[str, Any]:
    """The options by name with their present values, plain; secrets only where they are asked for."""
    hidden = frozenset() if secrets else secret_names(processor)
    return {each.name: _plain(getattr(processor, each.name)) for each in fields_of(processor) if each.name not in hidden}


def options_schema(processor: Any) -> dict[str, Any]:
    """The JSON Schema of the processor's options, with their defaults. A secret is `writeOnly` and has no default.

    Raises OptionError, with the remedy, where they are declared in a way that gives none.
    """
    shapes = shapes_of(processor)
    properties = {}
    for each in fields_of(processor):
        schema = dict(shapes[each.name].schema)
        if not each.metadata.get("secret"):
            schema["default"] = json.loads(json.dumps(_plain(getattr(processor, each.name))))
            if wrong := next(violations(schema["default"], schema, f"the default of {each.name!r}"), None):
                raise OptionError(f"{wrong}; change the default, or what is said of the option")
        properties[each.name] = schema
    return {"type": "object", "properties": properties, "additionalProperties": False}


def with_values(processor: Any, values: Mapping[str, Any]) -> Any:
    """The processor with these options, given as plain values. Raises OptionError that names option, value and remedy."""
    try:
        taken = made_values(processor, values)
        if not taken:
            return processor
        changed = dataclasses.replace(processor, **taken)
        canonical_json(plain_options(changed, secrets=True))
    except OptionError:
        raise
    except Exception as error:  # a processor's own check of its options may raise anything
        shown = {name: HIDDEN if name in secret_names(processor) else value for name, value in values.items()}
        raise OptionError(redacted(f"{processor.name} does not take {shown!r:.200}: {error}", processor, values)) from None
    return changed


def made_values(processor: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the processor has them, each held to its own option; what several are together is not looked at.

    Raises OptionError as `with_values` does.
    """
    known = {each.name for each in fields_of(processor)}
    if unknown := next((name for name in values if name not in known), None):
        raise OptionError(f"{processor.name} has no option {unknown!r}; it has {', '.join(sorted(known)) or 'none'}")
    if not values:
        return {}
    try:
        shapes = shapes_of(processor)
    except OptionError as error:
        raise OptionError(f"{processor.name}: {error}") from error
    return {name: _made(processor, name, value, shapes[name]) for name, value in values.items()}


def redacted(message: str, processor: Any, values: Mapping[str, Any] | None = None) -> str:
    """A message about a processor without its secrets, those that it has and those in `values`."""
    for name in secret_names(processor):
        for secret in (getattr(processor, name), (values or {}).get(name)):
            if isinstance(secret, str) and secret.strip():
                message = message.replace(secret, HIDDEN)
    return message


def takes(schema: Mapping[str, Any]) -> str:
    """What a schema takes, in words: "a whole number from 1 to 50"."""
    if "enum" in schema:
        return f"one of {', '.join(repr(each) if isinstance(each, str) else str(each) for each in schema['enum'])}"
    kinds = schema.get("type", ())
    kinds = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    words = " or ".join(_WORDS[each] for each in kinds) or "plain JSON"
    words = words.replace("text", "a regular expression") if schema.get("format") == "regex" else words
    if "items" in schema:
        words += f", each {takes(schema['items'])}"
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f"{words} from {low} to {high}"
    if low is not None or high is not None:
        return f"{words}, {low} or more" if high is None else f"{words}, {high} or less"
    return f"{words} that matches {schema['pattern']}" if "pattern" in schema else words


def _made(processor: Any, name: str, value: Any, shape: Shape) -> Any:
    secret = name in secret_names(processor)
    wrong = next(iter(_wrong(value, shape.schema, repr(name))), None)
    if wrong is None:
        if dataclasses.is_dataclass(present := getattr(processor, name)) and isinstance(value, dict):
            value = {**_plain(present), **value}
        try:
            return shape.make(value)
        except OverflowError:
            wrong = f"{name!r} is too large a number"
    if secret:
        raise OptionError(f"{processor.name}: option {name!r} is a secret, and takes {takes(shape.schema)}; enter it again")
    present = _plain(getattr(processor, name))
    example = "" if present in (None, "", ()) else f", such as {json.dumps(present, ensure_ascii=False)[:60]}"
    raise OptionError(f"{processor.name}: option {wrong}; it takes {takes(shape.schema)}{example}")


def _wrong(value: Any, schema: Mapping[str, Any], path: str) -> Iterator[str]:
    """As `violations`, with 2.0 no whole number, and a text that shall be a pattern looked at as one."""
    if schema.get("type") == "integer" and isinstance(value, float):
        yield f"{path} must be integer, not {value!r}"
        return
    yield from violations(value, schema, path)
    texts = value if isinstance(value, (list, tuple)) else [value]
    if schema.get("items", schema).get("format") == "regex":
        yield from (f"{path}: {trouble}" for each in texts if isinstance(each, str) and (trouble := trouble_with(each)))


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields_of(value)}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_plain, value)) if type(value) in (list, tuple) else tuple(map(_plain, value))
    return value
