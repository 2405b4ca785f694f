"""What is installed, plugin by plugin: what each brings, whether it is on, what is wrong with it, and what its authors say."""

from collections.abc import Iterable
from dataclasses import dataclass

from newsdesk.host.models import PluginSwitch
from newsdesk.host.registry import plans, problems, registry
from newsdesk.pipeline import Plugin, Problem
from newsdesk.pipeline.discovery import installed
from newsdesk.pipeline.documentation import Documentation, documentation
from newsdesk.sdk import Exporter, Processor

__all__ = ["Documentation", "Entry", "Plugin", "catalogue", "documentation", "entry", "switches"]

SHOWN_SWITCHES = 20


@dataclass(frozen=True)
class Entry:
    """An installed plugin. `state` is "on", "off", "left-out", "unlisted" or "restart": installed or turned on since this
    process began. `loaded` says whether it is imported here, and so can be turned on without a restart."""

    plugin: Plugin
    state: str
    loaded: bool = True
    processors: tuple[Processor, ...] = ()
    exporters: tuple[Exporter, ...] = ()
    problems: tuple[Problem, ...] = ()


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
    processors = tuple(each for name, each in here.processors.items() if here.owners.get(name) == plugin.name)
    exporters = tuple(each for name, each in here.exporters.items() if here.owners.get(name) == plugin.name)
    names = {plugin.name, *(each.name for each in processors)}
    mine = tuple(each for each in wrong if each.plugin in names)
    return Entry(plugin, "off" if plugin.name in off else "on", True, processors, exporters, mine)
