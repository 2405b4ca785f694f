"""What the loaded plugins declare: processors and exporters by name, and what is wrong with the rest."""

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from newsdesk.pipeline.loading import Loaded, Plugin, Problem, Tell, load
from newsdesk.sdk.artifact import canonical_json
from newsdesk.sdk.errors import OptionError
from newsdesk.sdk.exporter import Exporter
from newsdesk.sdk.kinds import KINDS
from newsdesk.sdk.media import READABLE
from newsdesk.sdk.options import options_schema
from newsdesk.sdk.processor import Processor, options

_NAME = re.compile(r"[a-z][a-z0-9-]{0,49}")
_VERSION = re.compile(r"[!-~]{1,50}")


@dataclass(frozen=True)
class Registry:
    """Processors and exporters by name, sorted; `owners` says which plugin brought them."""

    processors: dict[str, Processor]
    exporters: dict[str, Exporter]
    owners: dict[str, str]
    plugins: tuple[Plugin, ...]
    problems: tuple[Problem, ...]


def build_registry(loaded: Loaded | None = None, tell: Tell | None = None) -> Registry:
    """Ask every plugin what it has. Whatever one of them answers, the others are in."""
    loaded = loaded or load()
    problems = list(loaded.problems)
    processors: dict[str, Processor] = {}
    exporters: dict[str, Exporter] = {}
    owners: dict[str, str] = {}
    for plugin, processor in _declared(loaded, "register_processors", problems, tell):
        if wrong := _wrong(_wrong_processor, processor) or _taken(processor.name, owners):
            problems.append(Problem(plugin, wrong))
        else:
            processors[processor.name] = processor
            owners[processor.name] = plugin
    for plugin, exporter in _declared(loaded, "register_exporters", problems, tell):
        if wrong := _wrong(_wrong_exporter, exporter) or _taken(exporter.name, owners):
            problems.append(Problem(plugin, wrong))
        else:
            exporters[exporter.name] = exporter
            owners[exporter.name] = plugin
    return Registry(dict(sorted(processors.items())), dict(sorted(exporters.items())), owners, loaded.plugins, tuple(problems))


def _declared(loaded: Loaded, hook: str, problems: list[Problem], tell: Tell | None) -> Iterator[tuple[str, Any]]:
    """What each plugin's hook returns, with the plugin's name, in the order of names."""
    implementations = getattr(loaded.manager.hook, hook).get_hookimpls()
    for implementation in sorted(implementations, key=lambda each: each.plugin_name):
        if tell is not None:
            tell(implementation.plugin_name)
        try:
            declared = list(implementation.function())
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # as in loading
            problems.append(Problem(implementation.plugin_name, f"{hook}() failed: {type(error).__name__}: {error}"))
        else:
            yield from ((implementation.plugin_name, each) for each in declared)


def _wrong(examine: Callable[[Any], str | None], declared: Any) -> str | None:
    """What is wrong with what a plugin declared; that it cannot even be looked at, if that is so."""
    if isinstance(declared, type):
        return f"{declared.__name__} is a class; return an instance of it: {declared.__name__}()"
    try:
        return examine(declared)
    except Exception as error:  # a declaration is a plugin's code: looking at it may raise anything
        return f"a {type(declared).__name__} cannot be examined: {type(error).__name__}: {error}"


def _wrong_processor(processor: Any) -> str | None:
    if not isinstance(processor, Processor):
        return f"{processor!r:.80} is no processor; it must have name, version, requires, provides and process()"
    if not _NAME.fullmatch(str(processor.name)):
        return f"processor name {processor.name!r} must be lower-case letters, digits and hyphens, 50 at most"
    if not dataclasses.is_dataclass(processor) or not processor.__dataclass_params__.frozen:
        return f"processor {processor.name} must be a frozen dataclass: its fields are its options"
    if wrong := _wrong_version(processor, "processor"):
        return wrong
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
    for attribute, known in (("requires", {"content", *KINDS}), ("provides", {*KINDS})):
        kinds = getattr(processor, attribute)
        if not isinstance(kinds, tuple):
            return f"processor {processor.name}: {attribute} must be a tuple of kinds, not {kinds!r:.80}"
        if unknown := sorted(map(repr, set(kinds) - known)):
            return f"processor {processor.name} {attribute} {', '.join(unknown)}, which nobody has declared"
    return None


def _wrong_exporter(exporter: Any) -> str | None:
    if not isinstance(exporter, Exporter):
        return f"{exporter!r:.80} is no exporter; it must have name, version, media_type, suffix and export()"
    if not _NAME.fullmatch(str(exporter.name)):
        return f"exporter name {exporter.name!r} must be lower-case letters, digits and hyphens, 50 at most"
    return _wrong_version(exporter, "exporter")


def _wrong_version(declared: Any, what: str) -> str | None:
    if not isinstance(declared.version, str) or not _VERSION.fullmatch(declared.version):
        rule = "version must be a string such as '1.0', 50 characters at most"
        return f"{what} {declared.name}: {rule}, not {declared.version!r:.80}"
    return None


def _taken(name: str, owners: dict[str, str]) -> str | None:
    if name in owners:
        return f"{name!r} is taken already, by plugin {owners[name]!r}; uninstall one of the two"
    return None
