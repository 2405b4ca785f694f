"""What plugins may take of the machine, as the operator set it."""

from collections.abc import Mapping
from dataclasses import replace

from newsdesk.host.conf import conf
from newsdesk.pipeline.limits import MEGABYTE, Limits


def common() -> Limits:
    """What holds for every processor of which nothing else is said."""
    return _limits(conf().plugin_limits)


def special() -> dict[str, Limits]:
    """What holds for single processors, by name."""
    return {name: _limits(each) for name, each in conf().processor_limits.items()}


def for_import() -> Limits:
    """What importing plugins may take: they have the memory of the one that may take most, as in a worker."""
    return replace(common(), memory=max(each.memory for each in (common(), *special().values())))


def _limits(saved: Mapping[str, float]) -> Limits:
    return Limits(
        seconds=saved["seconds"],
        cpu_seconds=saved["cpu_seconds"],
        memory=int(saved["memory_mb"]) * MEGABYTE,
        output=int(saved["output_mb"]) * MEGABYTE,
        processes=int(saved["processes"]),
        disk=int(saved["disk_mb"]) * MEGABYTE,
        start_seconds=conf().import_seconds,
    )
