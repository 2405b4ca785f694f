"""Options as they are typed: `--set name=value`, or `--set processor.name=value` where several have it."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import Any

from newsdesk.author.errors import AuthorError
from newsdesk.sdk.errors import OptionError
from newsdesk.sdk.processor import Processor, configured


def with_typed(processors: Mapping[str, Processor], typed: Iterable[str]) -> dict[str, Processor]:
    """The processors with these options set. Raises AuthorError, and OptionError for a value that one does not take."""
    changed = dict(processors)
    for each in typed:
        name, equals, value = each.partition("=")
        if not equals:
            raise AuthorError(f"--set {each} has no value; write it as NAME=VALUE")
        owner, option = _owner(changed, name)
        changed[owner.name] = _configured(owner, option, _value(value, getattr(owner, option, None)))
    return changed


def _owner(processors: Mapping[str, Processor], name: str) -> tuple[Processor, str]:
    head, dot, option = name.partition(".")
    if dot and head in processors:
        return processors[head], option
    owners = [each for each in processors.values() if name in _options(each)]
    if len(owners) == 1:
        return owners[0], name
    if owners:
        choice = " or ".join(f"{each.name}.{name}" for each in owners)
        raise AuthorError(f"--set {name}: several processors have this option; say which: {choice}")
    there = sorted(f"{each.name}.{option}" for each in processors.values() for option in _options(each))
    raise AuthorError(f"--set {name}: no processor of this plugin has this option; there are {', '.join(there) or 'none'}")


def _options(processor: Any) -> tuple[str, ...]:
    """The names of all its options, of those too whose values are shown to nobody."""
    return tuple(field.name for field in dataclasses.fields(processor) if field.init)


def _configured(processor: Processor, option: str, value: Any) -> Processor:
    try:
        return configured(processor, {option: value})
    except OptionError:
        raise
    except Exception as error:  # a plugin's own check of its options
        raise OptionError(f"{processor.name} does not take {option}={value!r:.200}: {error}") from error


def _value(typed: str, present: Any) -> Any:
    """What was typed, as a value of the sort that the option has now; a list may be typed with commas."""
    if isinstance(present, str):
        return typed
    if isinstance(present, (tuple, list)) and not typed.startswith("["):
        return [_plain(each.strip()) for each in typed.split(",") if each.strip()]
    return _plain(typed)


def _plain(typed: str) -> Any:
    try:
        return json.loads(typed)
    except ValueError:
        return typed
