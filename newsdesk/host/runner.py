"""Processes for plugins, with the limits that the operator set."""

from collections.abc import Mapping

from newsdesk.host.conf import conf
from newsdesk.host.registry import registry
from newsdesk.pipeline.runner import Limits, Runner

__all__ = ["Runner", "make_runner"]

_MB = 1024**2


def make_runner() -> Runner:
    """A process for the plugins that could be imported here, not yet started."""
    special = {name: _limits(each) for name, each in conf().processor_limits.items()}
    return Runner(_limits(conf().plugin_limits), special, [each.name for each in registry().plugins])


def _limits(saved: Mapping[str, float]) -> Limits:
    return Limits(
        seconds=saved["seconds"],
        cpu_seconds=saved["cpu_seconds"],
        memory=int(saved["memory_mb"]) * _MB,
        output=int(saved["output_mb"]) * _MB,
        processes=int(saved["processes"]),
        disk=int(saved["disk_mb"]) * _MB,
    )
