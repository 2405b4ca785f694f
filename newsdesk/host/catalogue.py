"""What is installed, plugin by plugin: what each brings, whether it is on, what is wrong with it, and what its authors say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from newsdesk.host.models import PluginSwitch
from newsdesk.host.registry import plans, problems, registry
from newsdesk.pipeline import Plugin, Problem
from newsdesk.pipeline.discovery import installed
from newsdesk.pipeline.documentation import Documentation, documentation
from newsdesk.pipeline.reading import Reading
from newsdesk.sdk import Exporter, Kind, Processor

__all__ = ["Documentation", "Entry", "Plugin", "catalogue", "documentation", "entry", "switches"]

SHOWN_SWITCHES = 20

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """An installed plugin. `state` is "on", "off", "left-out", "unlisted" or "restart": installed or turned on since this
    process began. `loaded` says whether it is imported here, and so can be turned on without a restart."""

    plugin: Plugin
    state: str
    loaded: bool = True
    processors: tuple[Processor, ...] = ()
    exporters: tuple[Exporter, ...] = ()
    readers: tuple[Reading, ...] = ()
    kinds: tuple[Kind, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def brings(self) -> list[str]:
        """The names of all that it brings."""
        return [each.name for each in (*self.processors, *self.exporters, *self.readers, *self.kinds)]


def catalogue() -> list[Entry]:
    """All installed plugins by name: those that are loaded, and what their metadata say of the rest."""
    here, wrong = registry(), problems()
    known = {*here.plugins, *here.unlisted}
    plugins = sorted({*known, *installed()}, key=lambda each: (each.name, each not in here.plugins, each.distribution))
    off = plans().off
    return [_entry(each, off, wrong) for each in plugins]


def entry(name: str) -> Entry | None:
    """The plugin of this name; of two, the one that is loaded."""
    return next((each for each in catalogue() if each.plugin.name == name), None)


def switches(name: str) -> Iterable[PluginSwitch]:
    """Who turned a plugin on and off, the latest first."""
    return PluginSwitch.objects.filter(plugin=name).select_related("saved_by").order_by("-pk")[:SHOWN_SWITCHES]


def _entry(plugin: Plugin, off: frozenset[str], wrong: Iterable[Problem]) -> Entry:
    here = registry()
    if plugin not in here.plugins:
        mine = tuple(each for each in wrong if each.plugin == plugin.name)
        is_off = plugin.name in off
        state = "unlisted" if plugin in here.unlisted else "off" if is_off else "left-out" if mine else "restart"
        return Entry(plugin, state, loaded=False, problems=mine if state == "left-out" else ())
    processors = _of(plugin, here.processors, here.owners)
    names = {plugin.name, *(each.name for each in processors)}
    mine = tuple(each for each in wrong if each.plugin in names)
    return Entry(
        plugin,
        "off" if plugin.name in off else "on",
        processors=processors,
        exporters=_of(plugin, here.exporters, here.owners),
        readers=_of(plugin, here.readers, here.owners),
        kinds=_of(plugin, here.kinds, here.kind_owners),
        problems=mine,
    )


def _of(plugin: Plugin, named: Mapping[str, T], owners: Mapping[str, str]) -> tuple[T, ...]:
    return tuple(each for name, each in named.items() if owners.get(name) == plugin.name)
