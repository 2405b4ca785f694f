"""All the hooks, in one place. A plugin implements those that it needs; each returns declarations."""

import pluggy

from newsdesk.sdk.exporter import Exporter
from newsdesk.sdk.kinds import Kind
from newsdesk.sdk.processor import Processor
from newsdesk.sdk.reader import Reader

hookspec = pluggy.HookspecMarker("newsdesk")
"""Pluggy's decorator that declares a hook; what Newsdesk's own are marked with."""

hookimpl = pluggy.HookimplMarker("newsdesk")
"""Pluggy's decorator for the functions by which a plugin implements hooks."""


@hookspec
def register_processors() -> list[Processor]:  # type: ignore[empty-body]
    """The processors of this plugin, with default options."""


@hookspec
def register_kinds() -> list[Kind]:  # type: ignore[empty-body]
    """The kinds of artifact that this plugin adds to those that ship. Its processors and any other's may provide them."""


@hookspec
def register_readers() -> list[Reader]:  # type: ignore[empty-body]
    """The readers of this plugin: each makes a web page or a plain text of bytes of another media type."""


@hookspec
def register_exporters() -> list[Exporter]:  # type: ignore[empty-body]
    """The exporters of this plugin."""
