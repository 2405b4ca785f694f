"""Find the installed plugins and load each by itself, so that a broken one stops nothing but itself.

Pluggy's own loader stops at the first entry point that raises; hence one by one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from types import ModuleType

import pluggy

from newsdesk.pipeline.discovery import Discovery, Plugin, Problem, discover, origin
from newsdesk.pipeline.trace import traced
from newsdesk.sdk import hooks
from newsdesk.sdk.text import canonical

__all__ = ["Loaded", "Plugin", "Problem", "Tell", "load", "told"]

MEND = "mend or uninstall it"
MAX_CHARS = 2_000

Tell = Callable[[str], object]
"""What is told the name of a plugin before its code runs."""


@dataclass(frozen=True)
class Loaded:
    """The plugins that are in, what is wrong with those that are not, and those that the operator did not list."""

    manager: pluggy.PluginManager
    plugins: tuple[Plugin, ...]
    problems: tuple[Problem, ...]
    unlisted: tuple[Plugin, ...] = ()


def load(entries: Iterable[EntryPoint] | None = None, tell: Tell | None = None) -> Loaded:
    """Import and register plugins: those installed, or the given entry points."""
    found = discover() if entries is None else Discovery(tuple(entries))
    manager = pluggy.PluginManager("newsdesk")
    manager.add_hookspecs(hooks)
    plugins: list[Plugin] = []
    problems = list(found.problems)
    for entry in found.entries:
        module = None
        if tell is not None:
            tell(entry.name)
        try:
            with traced(f"import {entry.name} from {entry.value}"):
                module = entry.load()
            _check_hooks(module)
            manager.register(module, name=entry.name)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit too: whatever a plugin's import does, the house stands
            if module is not None and manager.get_plugin(entry.name) is module:
                manager.unregister(name=entry.name)  # the hooks before the one at fault are in: all or nothing
            reason = f"cannot be loaded from {entry.value}: {told(error)}"
            problems.append(Problem(entry.name, f"{reason}; {_remedy(error, entry)}"))
        else:
            plugins.append(origin(entry))
    return Loaded(manager, tuple(plugins), tuple(problems), found.unlisted)


def told(error: BaseException) -> str:
    """An exception of a plugin's in words that can be stored and shown, whatever it says of itself."""
    try:
        words = str(error)
    except KeyboardInterrupt:
        raise
    except BaseException:  # its words are a plugin's code too
        words = "(an error without words)"
    return canonical(f"{type(error).__name__}: {words[:MAX_CHARS]}").text


def _remedy(error: BaseException, entry: EntryPoint) -> str:
    if not isinstance(error, ModuleNotFoundError) or not isinstance(error.name, str):
        return MEND
    missing = canonical(error.name[:100]).text
    if missing.partition(".")[0] == entry.value.partition(":")[0].partition(".")[0].strip():
        return "reinstall or uninstall it"
    return f"install what brings {missing}, or uninstall it"


def _check_hooks(module: ModuleType) -> None:
    """A misspelt hook would be ignored in silence, and so would a plugin without any: say so instead."""
    known = {name for name in vars(hooks) if hasattr(getattr(hooks, name), "newsdesk_spec")}
    implemented = {name for name in dir(module) if _is_hook(getattr(module, name, None))}
    if unknown := implemented - known:
        raise TypeError(f"implements {', '.join(sorted(unknown))}, which is no hook; there are {', '.join(sorted(known))}")
    if not implemented:
        raise TypeError(f"implements no hook, with @hookimpl before it; there are {', '.join(sorted(known))}")


def _is_hook(value: object) -> bool:
    return isinstance(getattr(value, "newsdesk_impl", None), dict)  # not whatever has every attribute that one asks for
