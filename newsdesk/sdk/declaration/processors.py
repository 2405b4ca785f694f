"""What is wrong with a processor that a plugin declares, before anything runs."""

import dataclasses
from collections.abc import Collection
from typing import Any

from newsdesk.sdk.artifact import canonical_json
from newsdesk.sdk.declaration.names import wrong_with_names
from newsdesk.sdk.errors import OptionError
from newsdesk.sdk.media import READABLE
from newsdesk.sdk.options import options_schema
from newsdesk.sdk.processor import Processor, options


def wrong_with_processor(processor: Any, kinds: Collection[str], refused: Collection[str] = ()) -> str | None:
    """What is wrong with a declared processor, with its name, the rule and the remedy; None if nothing is.

    `kinds` are the names of those that there are; of those `refused` its own plugin declared them, in vain.
    """
    if not isinstance(processor, Processor):
        return f"{processor!r:.80} is no processor; it must have name, version, requires, provides and process()"
    if wrong := wrong_with_names(processor, "processor"):
        return wrong
    if not dataclasses.is_dataclass(processor) or not processor.__dataclass_params__.frozen:
        return f"processor {processor.name} must be a frozen dataclass: its fields are its options"
    try:
        canonical_json(options(processor))
    except (TypeError, ValueError) as error:
        return f"processor {processor.name}: its options must be plain JSON: {error}"
    try:
        options_schema(processor)
    except OptionError as error:
        return f"processor {processor.name}: {error}"
    if not isinstance(accepted := getattr(processor, "accepts", ()), tuple) or set(accepted) - READABLE:
        return f"processor {processor.name}: accepts must be a tuple of {', '.join(sorted(READABLE))}, not {accepted!r:.80}"
    for attribute, known in (("requires", {"content", *kinds}), ("provides", {*kinds})):
        named = getattr(processor, attribute)
        if not isinstance(named, tuple):
            return f"processor {processor.name}: {attribute} must be a tuple of kinds, not {named!r:.80}"
        if bad := sorted(map(repr, set(named) & set(refused))):
            return f"processor {processor.name} {attribute} {', '.join(bad)}, which its plugin declares and which was refused"
        if unknown := sorted(map(repr, set(named) - known)):
            return f"processor {processor.name} {attribute} {', '.join(unknown)}, which nobody has declared"
    return None
