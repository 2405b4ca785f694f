"""Our own settings, typed. Read lazily, so that tests may override them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Conf:
    """Seconds, megabytes and counts that the apps go by."""

    data: Path
    embedded_broker: bool
    host: str
    port: int
    workers: int
    batch: int
    lease_seconds: int
    sweep_seconds: float
    nudge_seconds: float
    import_seconds: float
    plugin_limits: Mapping[str, float]
    processor_limits: Mapping[str, Mapping[str, float]]
    options: Mapping[str, Mapping[str, Any]]


def conf() -> Conf:
    """The settings as they are now."""
    return Conf(**settings.NEWSDESK)
