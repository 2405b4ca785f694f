"""Claim jobs, so that one worker at a time has each, and a worker that dies loses them by itself.

Compare-and-set with a lease and a token. The clock is the database's: workers' clocks differ.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, DateTimeField, Expression, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Now

from newsdesk.host.conf import conf
from newsdesk.processing.models import Job
from newsdesk.sdk import NewsdeskError


class LeaseLost(NewsdeskError):
    """Somebody else has this work now; what was computed for it must not be stored."""


@dataclass(frozen=True)
class Claim:
    """Jobs that are this worker's until their lease runs out."""

    token: uuid.UUID
    jobs: tuple[Job, ...]


def claim(job_ids: Iterable[int]) -> Claim:
    """Claim those of the jobs that are free: queued, or held by a worker whose lease ran out.

    At its first attempt a job has forgotten what it was queued out of: crashes and trouble are counted anew.
    """
    token = uuid.uuid4()
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=Now())
    Job.objects.filter(free, pk__in=list(job_ids)).update(
        state=Job.State.RUNNING,
        token=token,
        lease_until=from_now(conf().lease_seconds),
        attempts=F("attempts") + 1,
        crashes=_anew("crashes", 0),
        trouble=_anew("trouble", ""),
    )
    jobs = Job.objects.filter(token=token, state=Job.State.RUNNING).select_related("snapshot__article")
    return Claim(token, tuple(jobs.order_by("pk")))


def renew(held: Claim) -> None:
    """Hold the claim for another lease from now."""
    Job.objects.filter(token=held.token, state=Job.State.RUNNING).update(lease_until=from_now(conf().lease_seconds))


def held_still(held: Claim, job_ids: Iterable[int]) -> set[int]:
    """Those of the jobs that the claim still holds; the others are somebody else's now, and what was computed for them too.

    Call it first in the transaction that stores what was computed: the rows of the jobs stay held until its end.
    """
    jobs = Job.objects.select_for_update().filter(pk__in=list(job_ids), token=held.token, state=Job.State.RUNNING)
    return set(jobs.order_by("pk").values_list("pk", flat=True))


def from_now(seconds: float) -> Expression:
    """The database's time, so many seconds from now."""
    return ExpressionWrapper(Now() + timedelta(seconds=seconds), output_field=DateTimeField())


def _anew(field: str, start: object) -> Case:
    """What a job says, or what it says at the start where this is its first attempt."""
    return Case(When(attempts=0, then=Value(start)), default=F(field), output_field=Job._meta.get_field(field))
