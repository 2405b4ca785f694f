"""Artifacts where they lie: each has a number, made of its run's and its place in it, and no row of its own."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from newsdesk.pipeline.reading import READING
from newsdesk.processing.models import Run
from newsdesk.sdk import Artifact as Found

logger = logging.getLogger(__name__)

MAX_PLACES = 2**16
"""More than the contract lets a run find, so that a run's number and a place in it make one number."""


@dataclass(frozen=True)
class Artifact:
    """One finding of a run."""

    run: Run
    place: int
    found: Found

    class DoesNotExist(ObjectDoesNotExist):
        """No run has a finding of this number."""

    @property
    def pk(self) -> int:
        """Its number, the same for ever: no run is changed once it is stored."""
        return self.run.pk * MAX_PLACES + self.place

    @property
    def kind(self) -> str:
        return self.found.kind

    @property
    def data(self) -> Mapping[str, Any]:
        return self.found.data

    @property
    def start(self) -> int | None:
        """Where its first span begins, for the order of reading; None for what has no place in the text."""
        return self.found.spans[0].start if self.found.spans else None

    @cached_property
    def digest(self) -> str:
        """The digest of the finding, which is the same whoever found it, and the key of decisions."""
        return self.found.digest


def artifacts_of(run: Run) -> Iterator[Artifact]:
    """All that a run found, by kind; the document that a reader read is none of it. The run must have been read with its
    findings, or each costs a query."""
    return (Artifact(run, place, found) for place, found in enumerate(readable(run) or ()))


def readable(run: Run) -> tuple[Found, ...] | None:
    """What a run found; None where its bytes are damaged, or are whole and no findings."""
    try:
        if run.unpacked() is None:
            return None
        return () if run.findings.count(READING) else run.findings.artifacts
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        logger.error("what run %s found cannot be read; process its document again", run.pk)
        return None


def artifact(number: int) -> Artifact:
    """The artifact of this number, with its run, snapshot and article. Raises Artifact.DoesNotExist."""
    runs = Run.objects.with_findings().select_related("snapshot__article")
    return place(runs.filter(pk=number // MAX_PLACES).first(), number)


def place(run: Run | None, number: int) -> Artifact:
    """The artifact of this number in its run, if there is such a run and place. Raises Artifact.DoesNotExist."""
    found = readable(run) or () if run else ()
    if run is None or number % MAX_PLACES >= len(found):
        raise Artifact.DoesNotExist(f"there is no artifact {number}")
    return Artifact(run, number % MAX_PLACES, found[number % MAX_PLACES])
