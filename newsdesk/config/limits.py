"""What a processor may take of the machine: for all of them, and for each that needs something else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from newsdesk.config.values import SettingError, number, whole

LIMITS = "NEWSDESK_PLUGIN_LIMITS"
EXAMPLE = f'{LIMITS}="quotes: seconds=60 memory_mb=4096; topics: seconds=5"'


@dataclass(frozen=True)
class PluginLimits:
    """What one call of a processor may take; see `docs/settings.md`."""

    seconds: float
    cpu_seconds: float
    memory_mb: int
    output_mb: int
    processes: int
    disk_mb: int


_RULES: dict[str, tuple[Any, float, float, float]] = {
    "seconds": (number, 30, 0.1, 3_600),
    "cpu_seconds": (number, 30, 0.1, 86_400),
    "memory_mb": (whole, 2_048, 128, 1_048_576),
    "output_mb": (whole, 64, 1, 1_024),
    "processes": (whole, 64, 1, 4_096),
    "disk_mb": (whole, 256, 1, 1_048_576),
}


def for_all(environ: Mapping[str, str]) -> PluginLimits:
    """What holds for every processor of which nothing else is said; CPU time is as long as wall time unless it is set."""
    given = {name: environ[variable] for name in _RULES if environ.get(variable := f"NEWSDESK_PLUGIN_{name.upper()}")}
    found = {name: _value(name, given.get(name, ""), f"NEWSDESK_PLUGIN_{name.upper()}") for name in _RULES}
    return PluginLimits(**_with_cpu(found, "cpu_seconds" in given))


def for_each(environ: Mapping[str, str], common: PluginLimits) -> dict[str, PluginLimits]:
    """What holds for single processors, by name."""
    found: dict[str, PluginLimits] = {}
    cpu_is_set = bool(environ.get("NEWSDESK_PLUGIN_CPU_SECONDS"))
    for part in filter(str.strip, environ.get(LIMITS, "").split(";")):
        name, _, words = (each.strip() for each in part.partition(":"))
        if not name or not words:
            raise SettingError(f"{LIMITS} has {part.strip()!r:.80}; write it as in {EXAMPLE}")
        if name in found:
            raise SettingError(f"{LIMITS} names {name!r:.80} twice; say all of it in one place, as in {EXAMPLE}")
        given = dict(_pair(name, word) for word in words.split())
        found[name] = replace(common, **_with_cpu(given, cpu_is_set or "cpu_seconds" in given))
    return found


def _pair(processor: str, word: str) -> tuple[str, Any]:
    name, _, value = word.partition("=")
    if name not in _RULES or not value:
        known = ", ".join(_RULES)
        raise SettingError(f"{LIMITS} has {word!r:.80} for {processor:.80}; there are {known}; write it as in {EXAMPLE}")
    return name, _value(name, value, f"{LIMITS}: {name} of {processor:.80}")


def _value(name: str, value: str, label: str) -> Any:
    read, default, least, most = _RULES[name]
    return read({label: value}, label, default, least, most)


def _with_cpu(given: dict[str, Any], cpu_is_set: bool) -> dict[str, Any]:
    if not cpu_is_set and "seconds" in given:
        given["cpu_seconds"] = given["seconds"]
    return given
