"""What the loaded plugins declare: processors and exporters by name, and what is wrong with the rest."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from newsdesk.pipeline.loading import Loaded, Plugin, Problem, load
from newsdesk.sdk.exporter import Exporter
from newsdesk.sdk.kinds import KINDS
from newsdesk.sdk.processor import Processor

_NAME = re.compile(r"[a-z][a-z0-9-]{0,49}")


@dataclass(frozen=True)
class Registry:
    """Processors and exporters by name, sorted; `owners` says which plugin brought them."""

    processors: dict[str, Processor]
    exporters: dict[str, Exporter]
    owners: dict[str, str]
    plugins: tuple[Plugin, ...]
    problems: tuple[Problem, ...]


def build_registry(loaded: Loaded | None = None) -> Registry:
    """Ask every plugin what it has. Whatever one of them answers, the others are in."""
    loaded = loaded or load()
    problems = list(loaded.problems)
    processors: dict[str, Processor] = {}
    exporters: dict[str, Exporter] = {}
    owners: dict[str, str] = {}
    for plugin, processor in _declared(loaded, "register_processors", problems):
        if wrong := _wrong_processor(processor) or _taken(processor.name, owners):
            problems.append(Problem(plugin, wrong))
        else:
            processors[processor.name] = processor
            owners[processor.name] = plugin
    for plugin, exporter in _declared(loaded, "register_exporters", problems):
        if wrong := _wrong_exporter(exporter) or _taken(exporter.name, owners):
            problems.append(Problem(plugin, wrong))
        else:
            exporters[exporter.name] = exporter
            owners[exporter.name] = plugin
    return Registry(dict(sorted(processors.items())), dict(sorted(exporters.items())), owners, loaded.plugins, tuple(problems))


def _declared(loaded: Loaded, hook: str, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    """What each plugin's hook returns, with the plugin's name, in the order of names."""
    implementations = getattr(loaded.manager.hook, hook).get_hookimpls()
    for implementation in sorted(implementations, key=lambda each: each.plugin_name):
        try:
            declared = list(implementation.function())
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # as in loading
            problems.append(Problem(implementation.plugin_name, f"{hook}() failed: {type(error).__name__}: {error}"))
        else:
            yield from ((implementation.plugin_name, each) for each in declared)


def _wrong_processor(processor: Any) -> str | None:
    if not isinstance(processor, Processor):
        return f"{processor!r:.80} is no processor; it must have name, version, requires, provides and process()"
    if not _NAME.fullmatch(str(processor.name)):
        return f"processor name {processor.name!r} must be lower-case letters, digits and hyphens, 50 at most"
    if not dataclasses.is_dataclass(processor) or not processor.__dataclass_params__.frozen:
        return f"processor {processor.name} must be a frozen dataclass: its fields are its options"
    for attribute in ("requires", "provides"):
        kinds = getattr(processor, attribute)
        if not isinstance(kinds, tuple):
            return f"processor {processor.name}: {attribute} must be a tuple of kinds, not {kinds!r:.80}"
        if unknown := set(kinds) - set(KINDS) - ({"content"} if attribute == "requires" else set()):
            return f"processor {processor.name} {attribute} {', '.join(map(repr, sorted(unknown)))}, which nobody has declared"
    return None


def _wrong_exporter(exporter: Any) -> str | None:
    if not isinstance(exporter, Exporter):
        return f"{exporter!r:.80} is no exporter; it must have name, version, media_type, suffix and export()"
    if not _NAME.fullmatch(str(exporter.name)):
        return f"exporter name {exporter.name!r} must be lower-case letters, digits and hyphens, 50 at most"
    return None


def _taken(name: str, owners: dict[str, str]) -> str | None:
    if name in owners:
        return f"{name!r} is taken already, by plugin {owners[name]!r}; uninstall one of the two"
    return None
