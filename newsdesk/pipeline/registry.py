"""What the loaded plugins declare: kinds, readers, processors and exporters by name, and what is wrong with the rest."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from newsdesk.pipeline.kinds import Kinds, without_code
from newsdesk.pipeline.loading import MEND, Loaded, Plugin, Problem, Tell, load, told
from newsdesk.pipeline.reading import Reading
from newsdesk.pipeline.trace import traced
from newsdesk.sdk.declaration import (
    announced,
    own_copy,
    wrong_with_exporter,
    wrong_with_kind,
    wrong_with_processor,
    wrong_with_reader,
)
from newsdesk.sdk.exporter import Exporter
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.media import Format
from newsdesk.sdk.processor import Processor
from newsdesk.sdk.text import canonical


@dataclass(frozen=True)
class Registry:
    """Processors, exporters, kinds and readers by name, sorted; `owners` says which plugin brought each, and `kind_owners`
    which one declared a kind that does not ship."""

    processors: dict[str, Processor]
    exporters: dict[str, Exporter]
    owners: dict[str, str]
    plugins: tuple[Plugin, ...]
    problems: tuple[Problem, ...]
    unlisted: tuple[Plugin, ...] = ()
    kinds: Kinds = field(default_factory=lambda: KINDS)
    kind_owners: dict[str, str] = field(default_factory=dict)
    readers: dict[str, Reading] = field(default_factory=dict)

    @cached_property
    def plain_kinds(self) -> Kinds:
        """The kinds without code of plugins in them, for all that is not the plugins' process."""
        return without_code(self.kinds)

    @property
    def formats(self) -> tuple[Format, ...]:
        """What the readers announce."""
        return tuple(each.format for each in self.readers.values())


def build_registry(loaded: Loaded | None = None, tell: Tell | None = None) -> Registry:
    """Ask every plugin what it has. Whatever one of them answers, the others are in."""
    loaded = loaded or load()
    problems = list(loaded.problems)
    processors: dict[str, Processor] = {}
    exporters: dict[str, Exporter] = {}
    owners: dict[str, str] = {}
    kinds, kind_owners, refused = _kinds(loaded, problems, tell)
    for plugin, processor in _declared(loaded, "register_processors", problems, tell):
        examine = partial(wrong_with_processor, kinds=kinds, refused=refused.get(plugin, ()))
        if wrong := _wrong(examine, processor) or _taken(processor.name, owners):
            problems.append(Problem(plugin, wrong))
        else:
            processors[processor.name] = processor
            owners[processor.name] = plugin
    for plugin, exporter in _declared(loaded, "register_exporters", problems, tell):
        if wrong := _wrong(wrong_with_exporter, exporter) or _taken(exporter.name, owners):
            problems.append(Problem(plugin, wrong))
        else:
            exporters[exporter.name] = exporter
            owners[exporter.name] = plugin
    readers = _readers(loaded, problems, tell, owners)
    by_name = dict(sorted(processors.items())), dict(sorted(exporters.items()))
    return Registry(
        *by_name,
        owners,
        loaded.plugins,
        tuple(problems),
        loaded.unlisted,
        kinds,
        kind_owners,
        dict(sorted(readers.items())),
    )


def _kinds(
    loaded: Loaded, problems: list[Problem], tell: Tell | None
) -> tuple[dict[str, Kind], dict[str, str], dict[str, set[str]]]:
    """The kinds there are, who declared those that do not ship, and the names of those that were refused, by plugin."""
    kinds: dict[str, Kind] = dict(KINDS)
    owners: dict[str, str] = {}
    refused: dict[str, set[str]] = {}
    for plugin, kind in _declared(loaded, "register_kinds", problems, tell):
        wrong = _wrong(wrong_with_kind, kind)
        if wrong is None and kind.name in kinds:
            owner = f"plugin {owners[kind.name]!r}" if kind.name in owners else "Newsdesk itself"
            wrong = f"kind {kind.name!r} is taken already, by {owner}; choose another name"
        if wrong is None:
            kinds[kind.name], owners[kind.name] = own_copy(kind), plugin
        else:
            problems.append(Problem(plugin, wrong))
            refused.setdefault(plugin, set()).add(str(getattr(kind, "name", "")))
    return kinds, owners, refused


def _readers(loaded: Loaded, problems: list[Problem], tell: Tell | None, owners: dict[str, str]) -> dict[str, Reading]:
    """The readers there are, each for media types that no other has."""
    readers: dict[str, Reading] = {}
    taken: dict[str, str] = {}
    for plugin, reader in _declared(loaded, "register_readers", problems, tell):
        wrong = _wrong(wrong_with_reader, reader) or _taken(reader.name, owners)
        made = None if wrong else Reading(reader, announced(reader))
        if made and (again := [each for each in made.format.media_types if each in taken]):
            rule = f"is read already by {taken[again[0]]!r}; uninstall one of the two"
            wrong = f"reader {made.name}: media type {again[0]!r} {rule}"
        if made is None or wrong:
            problems.append(Problem(plugin, str(wrong)))
        else:
            readers[made.name], owners[made.name] = made, plugin
            taken |= dict.fromkeys(made.format.media_types, made.name)
    return readers


def _declared(loaded: Loaded, hook: str, problems: list[Problem], tell: Tell | None) -> Iterator[tuple[str, Any]]:
    """What each plugin's hook returns, with the plugin's name, in the order of names."""
    implementations = getattr(loaded.manager.hook, hook).get_hookimpls()
    for implementation in sorted(implementations, key=lambda each: each.plugin_name):
        if tell is not None:
            tell(implementation.plugin_name)
        try:
            with traced(f"hook {implementation.plugin_name}.{hook}()") as came_of_it:
                declared = list(implementation.function())
                came_of_it.append(f"{len(declared)} declared")
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # as in loading
            problems.append(Problem(implementation.plugin_name, f"{hook}() failed: {told(error)}; {MEND}"))
        else:
            yield from ((implementation.plugin_name, each) for each in declared)


def _wrong(examine: Callable[[Any], str | None], declared: Any) -> str | None:
    """What is wrong with what a plugin declared, and the remedy; that it cannot even be looked at, if that is so."""
    try:
        wrong = _class_or(examine, declared)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a declaration is a plugin's code: looking at it may raise anything
        wrong = f"a {type(declared).__name__} cannot be examined: {told(error)}"
    return wrong and f"{canonical(wrong).text}; {MEND}"


def _class_or(examine: Callable[[Any], str | None], declared: Any) -> str | None:
    if isinstance(declared, type):
        return f"{declared.__name__} is a class; return an instance of it: {declared.__name__}()"
    return examine(declared)


def _taken(name: str, owners: dict[str, str]) -> str | None:
    if name in owners:
        return f"{name!r} is taken already, by plugin {owners[name]!r}; uninstall one of the two"
    return None
