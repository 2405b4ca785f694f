"""Processes for plugins, with the limits that the operator set."""

from newsdesk.host import limits
from newsdesk.host.registry import registry
from newsdesk.pipeline.runner import Runner

__all__ = ["Runner", "make_runner"]


def make_runner() -> Runner:
    """A process for the plugins that could be imported here, not yet started."""
    return Runner(limits.common(), limits.special(), [each.name for each in registry().plugins])
