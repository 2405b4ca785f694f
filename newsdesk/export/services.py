"""Deliver: write articles through an exporter plugin, and keep what left."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.export.models import Export
from newsdesk.export.queries import records
from newsdesk.host.exporting import written
from newsdesk.host.registry import exporters, registry
from newsdesk.sdk import Exporter, NewsdeskError, Record


class ExportFailed(NewsdeskError):
    """The exporter plugin could not write these articles."""


def deliver(*, exporter: str, actor: Actor, reviewed_only: bool = False) -> Export:
    """Write all articles to a file in the data folder, whole or not at all, and record it.

    Raises PermissionDenied, ValidationError, or ExportFailed.
    """
    require(actor, Operation.EXPORT)
    plugin = _installed(exporter)
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    name = f"{timezone.now():%Y%m%dT%H%M%S%f}-{exporter}{plugin.suffix}"
    draft = settings.MEDIA_ROOT / f".{name}"
    digest, size, count = hashlib.sha256(), 0, _Count()
    try:
        with draft.open("wb") as file:
            for piece in _pieces(plugin, count.over(records(reviewed_only=reviewed_only))):
                digest.update(piece)
                size += file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        with transaction.atomic():  # the file gets its name last, so that none lies about that nobody knows of
            export = Export.objects.create(
                exporter=exporter,
                version=plugin.version,
                reviewed_only=reviewed_only,
                articles=count.value,
                size=size,
                sha256=digest.hexdigest(),
                file=name,
                created_by=actor.user,
            )
            draft.rename(settings.MEDIA_ROOT / name)
    finally:
        draft.unlink(missing_ok=True)
    return export


def opened(export: Export) -> BinaryIO:
    """The file that left, open for reading."""
    return (settings.MEDIA_ROOT / export.file).open("rb")


def _pieces(exporter: Exporter, passing: Iterable[Record]) -> Iterator[bytes]:
    """What the exporter writes. Whatever it raises becomes ExportFailed; the house's own troubles stay what they are."""
    try:
        yield from written(exporter, passing)
    except (DatabaseError, NewsdeskError, GeneratorExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # an exporter is a plugin's code, and may even want to leave
        raise ExportFailed(f"{exporter.name} failed: {type(error).__name__}: {error}") from error


class _Count:
    """Counts what passes through."""

    def __init__(self) -> None:
        self.value = 0

    def over(self, passing: Iterable[Record]) -> Iterator[Record]:
        for each in passing:
            self.value += 1
            yield each


def _installed(name: str) -> Exporter:
    on = exporters()
    if name in on:
        return on[name]
    if name in registry().exporters:
        plugin = registry().owners[name]
        raise ValidationError({"exporter": f"exporter {name!r} is off with its plugin {plugin!r}; turn the plugin on"})
    raise ValidationError({"exporter": f"no exporter {name!r:.40} is installed; there are {', '.join(on) or 'none'}"})
