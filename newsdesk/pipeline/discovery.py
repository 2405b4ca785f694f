"""Which plugins are installed, and which of them may be imported: told by their metadata, before any code of theirs runs.

The same for web, workers, commands and the plain command. Metadata are read one distribution at a time: the standard
library's `entry_points()` raises for all of them where one is damaged.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, EntryPoint, distributions

from newsdesk.pipeline.compatibility import declared_range, normalized, why_incompatible
from newsdesk.sdk.version import API_VERSION

GROUP = "newsdesk"
LISTED = "NEWSDESK_LOAD_PLUGINS"
"""The operator's list: plugins or distributions by name, separated by commas, each as NAME or NAME==VERSION."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_VALUE = re.compile(r"\w+(?:\.\w+)*(?:\s*:\s*\w+(?:\.\w+)*)?(?:\s*\[.*\])?")


@dataclass(frozen=True)
class Plugin:
    """An installed plugin: the name of its entry point, the distribution that brought it, and for which Newsdesk it is made."""

    name: str
    distribution: str
    version: str
    api: str = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a plugin, and what to do about it."""

    plugin: str
    message: str


@dataclass(frozen=True)
class Discovery:
    """The entry points that may be imported, by name; what is wrong with others; and those that the operator did not list."""

    entries: tuple[EntryPoint, ...]
    problems: tuple[Problem, ...] = ()
    unlisted: tuple[Plugin, ...] = ()


def discover(listed: str | None = None) -> Discovery:
    """What is installed and may be imported. `listed` is the operator's list; by default, the environment's."""
    entries, damaged = _find()
    found = admit(entries, os.environ.get(LISTED, "") if listed is None else listed)
    return Discovery(found.entries, (*damaged, *found.problems), found.unlisted)


def admit(entries: Iterable[EntryPoint], listed: str = "") -> Discovery:
    """Which of these entry points may be imported. Of two of one name, the distribution that comes first by name is in."""
    wanted = {name: version for name, _, version in (each.partition("==") for each in _items(listed))}
    admitted: dict[str, EntryPoint] = {}
    problems: list[Problem] = []
    unlisted: list[Plugin] = []
    for entry in sorted(entries, key=_order):
        plugin = origin(entry)
        if wanted and not _is_listed(plugin, wanted):
            unlisted.append(plugin)
        elif wrong := _malformed(entry) or _out_of_range(plugin) or _clash(entry, admitted):
            problems.append(Problem(plugin.name, wrong))
        else:
            admitted[entry.name] = entry
    problems += _listed_in_vain(wanted, [origin(each) for each in entries])
    return Discovery(tuple(admitted.values()), tuple(problems), tuple(unlisted))


def installed() -> tuple[Plugin, ...]:
    """All plugins whose metadata make sense, as they are on disk now, whether they may be imported or not."""
    return tuple(origin(entry) for entry in _find()[0] if _NAME.fullmatch(entry.name))


def origin(entry: EntryPoint) -> Plugin:
    """The plugin that an entry point stands for."""
    if entry.dist is None:
        return Plugin(entry.name, entry.value, "0")
    return Plugin(entry.name, entry.dist.name, entry.dist.version or "0", declared_range(entry.dist.requires or ()))


def _find() -> tuple[list[EntryPoint], list[Problem]]:
    """The entry points of all distributions, and those distributions whose metadata cannot be read."""
    found: dict[str, list[EntryPoint]] = {}
    problems: list[Problem] = []
    for each in distributions():
        try:
            if f"[{GROUP}]" not in (each.read_text("entry_points.txt") or ""):
                continue
            entries = [entry for entry in each.entry_points if entry.group == GROUP]
            [origin(entry) for entry in entries]
            found.setdefault(normalized(each.name), entries)  # the first on the path is the one that is imported
        except Exception as error:
            rule = f"the metadata of this distribution cannot be read: {type(error).__name__}: {error}"
            problems.append(Problem(_label(each), f"{rule:.500}; reinstall or uninstall it"))
    return [entry for entries in found.values() for entry in entries], problems


def _label(distribution: Distribution) -> str:
    """Some name for a distribution that may not even know its own."""
    try:
        return distribution.name or str(distribution.locate_file(""))
    except Exception:
        return str(distribution.locate_file(""))


def _order(entry: EntryPoint) -> tuple[str, str, str]:
    return entry.name, normalized(entry.dist.name) if entry.dist else "", entry.value


def _items(listed: str) -> list[str]:
    return ["".join(each.split()) for each in listed.split(",") if each.strip()]


def _is_listed(plugin: Plugin, wanted: Mapping[str, str]) -> bool:
    return any(_is_meant(plugin, name) and version in ("", plugin.version) for name, version in wanted.items())


def _is_meant(plugin: Plugin, name: str) -> bool:
    return name == plugin.name or normalized(name) == normalized(plugin.distribution)


def _listed_in_vain(wanted: Mapping[str, str], installed: list[Plugin]) -> Iterable[Problem]:
    """What the operator listed and is not there, or not in that version."""
    for name, version in wanted.items():
        there = sorted({each.version for each in installed if _is_meant(each, name)})
        if not there:
            known = ", ".join(sorted({each.name for each in installed})) or "none"
            rule = f"names {name!r:.80}, which is no installed plugin or distribution; there are {known}"
            yield Problem(LISTED, f"{rule}; correct the name, as NAME or NAME==VERSION, or take it out")
        elif version and version not in there:
            rule = f"asks for {name}=={version:.80}, but {', '.join(there)} is installed"
            yield Problem(LISTED, f"{rule}; install that version, or correct the list")


def _malformed(entry: EntryPoint) -> str | None:
    if not _NAME.fullmatch(entry.name):
        rule = "a plugin's name must be letters, digits, dots, hyphens and underscores, 100 at most"
        return f"{rule}, not {entry.name!r:.120}; mend its entry point, or uninstall it"
    if not _VALUE.fullmatch(entry.value):
        rule = f"its entry point says {entry.value!r:.120}, which names no module"
        return f'{rule}; mend it, as in {entry.name} = "acme_topics", or uninstall it'
    return None


def _out_of_range(plugin: Plugin) -> str | None:
    wrong = why_incompatible(plugin.api, API_VERSION)
    return wrong and f"{wrong}; install a version of {plugin.distribution} that is made for it, or uninstall it"


def _clash(entry: EntryPoint, admitted: Mapping[str, EntryPoint]) -> str | None:
    if entry.name not in admitted:
        return None
    mine, theirs = origin(entry), origin(admitted[entry.name])
    rule = f"{mine.distribution} {mine.version} names its plugin as {theirs.distribution} {theirs.version} does, which is in"
    return f"{rule}; uninstall one of the two, or list the other in {LISTED}"
