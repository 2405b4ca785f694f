"""Settings that were saved when the processor took other options: what has changed since, for a person to look at.

Meanwhile what still fits keeps applying; an option that is new has its default; and what no longer fits takes the processor
out of the plan, with the reason. Saving again, changed or not, is the review.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsdesk.host.models import ProcessorSetting
from newsdesk.host.registry import registry
from newsdesk.host.saved import latest_settings
from newsdesk.sdk.options import options_schema

_WORDING = ("title", "description", "default")


@dataclass(frozen=True)
class Review:
    """A setting to look at, and how the options of its processor are not what they were; each change with its option."""

    setting: ProcessorSetting
    changes: tuple[tuple[str, str], ...]


def reviews() -> list[Review]:
    """All settings that hold and were saved under another schema, by processor and source; one query."""
    found = []
    for (processor, _), setting in sorted(latest_settings().items()):
        installed = registry().processors.get(processor)
        if installed and (since := tuple(changes(setting, options_schema(installed)["properties"]))):
            found.append(Review(setting, since))
    return found


def changes(setting: ProcessorSetting, now: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each option that is not as it was when this was saved: gone, new, of another rule or default, or from before schemas."""
    if not setting.schema:  # a row from before options had one, or that turned off what nobody had set
        yield from ((name, "old") for name in setting.options)
        return
    before = setting.schema.get("properties", {})
    if setting.source:  # of what nobody said anything here, all is as everywhere
        before, now = ({name: each[name] for name in each if name in setting.options} for each in (before, now))
    yield from ((name, "gone") for name in before if name not in now)
    yield from ((name, "new") for name in now if name not in before)
    for name in (each for each in now if each in before):
        if _rules(now[name]) != _rules(before[name]):
            yield name, "rule"
        elif name not in setting.options and now[name].get("default") != before[name].get("default"):
            yield name, "default"


def _rules(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in schema.items() if name not in _WORDING}
