"""Find the installed plugins and load each by itself, so that a broken one stops nothing but itself.

Pluggy's own loader stops at the first entry point that raises; hence one by one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

import pluggy

from newsdesk.sdk import hooks

GROUP = "newsdesk"

Tell = Callable[[str], object]
"""What is told the name of a plugin before its code runs."""


@dataclass(frozen=True)
class Plugin:
    """An installed plugin: the name of its entry point, and the distribution that brought it."""

    name: str
    distribution: str
    version: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with a plugin, and what to do about it."""

    plugin: str
    message: str


@dataclass(frozen=True)
class Loaded:
    """The plugins that are in, and what is wrong with those that are not."""

    manager: pluggy.PluginManager
    plugins: tuple[Plugin, ...]
    problems: tuple[Problem, ...]


def installed() -> list[EntryPoint]:
    """The entry points of all installed plugins, by name."""
    return sorted(entry_points(group=GROUP), key=lambda entry: entry.name)


def load(entries: Iterable[EntryPoint] | None = None, tell: Tell | None = None) -> Loaded:
    """Import and register plugins: those installed, or the given entry points."""
    manager = pluggy.PluginManager("newsdesk")
    manager.add_hookspecs(hooks)
    plugins: list[Plugin] = []
    problems: list[Problem] = []
    for entry in installed() if entries is None else entries:
        module = None
        if tell is not None:
            tell(entry.name)
        try:
            module = entry.load()
            _check_hooks(module)
            manager.register(module, name=entry.name)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit too: whatever a plugin's import does, the house stands
            if module is not None and manager.get_plugin(entry.name) is module:
                manager.unregister(name=entry.name)  # the hooks before the one at fault are in: all or nothing
            reason = f"{type(error).__name__}: {error}"
            problems.append(Problem(entry.name, f"cannot be loaded from {entry.value}: {reason}; mend or uninstall it"))
        else:
            plugins.append(Plugin(entry.name, *_origin(entry)))
    return Loaded(manager, tuple(plugins), tuple(problems))


def _check_hooks(module: ModuleType) -> None:
    """A misspelt hook would be ignored in silence: say so instead."""
    known = {name for name in vars(hooks) if hasattr(getattr(hooks, name), "newsdesk_spec")}
    implemented = {name for name, value in vars(module).items() if hasattr(value, "newsdesk_impl")}
    if unknown := implemented - known:
        raise TypeError(f"implements {', '.join(sorted(unknown))}, which is no hook; there are {', '.join(sorted(known))}")


def _origin(entry: EntryPoint) -> tuple[str, str]:
    return (entry.dist.name, entry.dist.version) if entry.dist else (entry.value, "0")
