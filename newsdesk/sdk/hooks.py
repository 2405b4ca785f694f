"""All the hooks, in one place. A plugin implements those that it needs; each returns declarations."""

import pluggy

from newsdesk.sdk.exporter import Exporter
from newsdesk.sdk.processor import Processor

hookspec = pluggy.HookspecMarker("newsdesk")
hookimpl = pluggy.HookimplMarker("newsdesk")


@hookspec
def register_processors() -> list[Processor]:  # type: ignore[empty-body]
    """The processors of this plugin, with default options."""


@hookspec
def register_exporters() -> list[Exporter]:  # type: ignore[empty-body]
    """The exporters of this plugin."""
