"""Bulk work as it stands: how many documents of a batch have ended and how, how fast, and when the rest will have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, DateTimeField, ExpressionWrapper, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from newsdesk.processing.models import Batch, Job
from newsdesk.processing.queries import OPEN_STATES, progress

LATELY = 60
"""The rate is that of the last so many seconds."""


@dataclass(frozen=True)
class Progress:
    """How far a batch is. `passed_on` are its documents that were taken back, or that something else queued since."""

    total: int
    states: Mapping[str, int]
    rate: float

    @property
    def left(self) -> int:
        return sum(self.states.get(state, 0) for state in OPEN_STATES)

    @property
    def ended(self) -> int:
        return self.total - self.left

    @property
    def failed(self) -> int:
        return self.states.get(Job.State.FAILED, 0) + self.states.get(Job.State.QUARANTINED, 0)

    @property
    def passed_on(self) -> int:
        return max(0, self.total - sum(self.states.values()))

    @property
    def seconds_left(self) -> float | None:
        """How long it will still take at this rate; None where there is none to tell."""
        if not self.left:
            return 0.0
        return self.left / self.rate if self.rate else None


def batches() -> QuerySet[Batch]:
    """All batches, newest first."""
    return Batch.objects.select_related("asked_by").order_by("-pk")


def batch(batch_id: int) -> Batch:
    """A batch. Raises Batch.DoesNotExist."""
    return batches().get(pk=batch_id)


def progress_of(row: Batch) -> Progress:
    """How far a batch is, counted in the database."""
    return Progress(row.jobs, progress(row.pk), _rate(row))


def unfinished(batch_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many documents of each batch are left, and how many failed, in one query that counts no others."""
    wanted = list(batch_ids)
    open_or_failed = [*OPEN_STATES, Job.State.FAILED, Job.State.QUARANTINED]
    jobs = Job.objects.filter(batch__in=wanted, state__in=open_or_failed)
    counts = {each: [0, 0] for each in wanted}
    for batch_id, state, count in jobs.order_by().values_list("batch", "state").annotate(Count("pk")):
        counts[batch_id][state not in OPEN_STATES] += count
    return {each: (left, failed) for each, (left, failed) in counts.items()}


def title(asked: Mapping[str, Any]) -> str:
    """What was asked for, in a line."""
    if asked.get("do") == "retry":
        return _("Try again: %s") % _failure(asked)
    if asked.get("do") == "release":
        return _("Release from quarantine: %s") % _failure(asked)
    what = _("Reprocess with %s afresh") % asked["processor"] if asked.get("processor") else _("Reprocess what is not done")
    said = [
        (_("version"), asked.get("version")),
        (_("source"), asked.get("source")),
        (_("state"), asked.get("state") and Job.State(asked["state"]).label),
        (_("words"), asked.get("words")),
        (_("articles"), len(asked.get("articles", ())) or None),
    ]
    return "; ".join([what, *(f"{name} {value}" for name, value in said if value)])


def lasting(seconds: float | None) -> str:
    """A time that something takes, in words that are as exact as it is."""
    if seconds is None:
        return _("a time that nothing yet tells")
    if seconds < 1:
        return _("less than a second")
    units = ((3600, _("%d h")), (60, _("%d min")), (1, _("%d s")))
    unit, name = next(each for each in units if seconds >= 1.5 * each[0] or each[0] == 1)
    return name % round(seconds / unit)


def _failure(asked: Mapping[str, Any]) -> str:
    if asked.get("processor"):
        return f"{asked['processor']}, {asked['cause']}"
    return _("documents that workers died with") if asked.get("cause") else _("documents that nobody reads")


def _rate(row: Batch) -> float:
    """Documents a second lately."""
    window = max(1.0, min(LATELY, (timezone.now() - row.created_at).total_seconds()))
    since = ExpressionWrapper(Now() - timedelta(seconds=window), output_field=DateTimeField())
    return Job.objects.filter(batch=row.pk, state__in=Job.TERMINAL, finished_at__gt=since).count() / window
