"""What is wrong with an exporter that a plugin declares, before anything is written by it."""

from typing import Any

from newsdesk.sdk.declaration.names import wrong_with_names
from newsdesk.sdk.exporter import Exporter


def wrong_with_exporter(exporter: Any) -> str | None:
    """What is wrong with a declared exporter, with its name, the rule and the remedy; None if nothing is."""
    if not isinstance(exporter, Exporter):
        return f"{exporter!r:.80} is no exporter; it must have name, version, media_type, suffix and export()"
    return wrong_with_names(exporter, "exporter")
