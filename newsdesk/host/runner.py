"""Processes for plugins, with the limits that the operator set."""

from newsdesk.host.conf import conf
from newsdesk.pipeline.runner import Limits, Runner

__all__ = ["Runner", "make_runner"]


def make_runner() -> Runner:
    """A process for plugins, not yet started."""
    return Runner(Limits(seconds=conf().plugin_seconds, memory=conf().plugin_memory_mb * 1024**2))
