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
from newsdesk.host.registry import plan
from newsdesk.processing.models import Job
from newsdesk.sdk import NewsdeskError

DEADLY = (
    f"{Job.MAX_LOST} workers died with this document in hand, the last {Job.MAX_LOST - Job.SUSPECT_FROM} with no other: "
    "memory ran out, or something ended them. The system's log may say what; release the document once that is mended."
)

_NOBODYS: dict[str, None] = {"token": None, "lease_until": None, "nudged_at": None}


class LeaseLost(NewsdeskError):
    """Somebody else has this work now; what was computed for it must not be stored."""


@dataclass(frozen=True)
class Claim:
    """Jobs that are this worker's until their lease runs out. `given_up` were put in quarantine instead."""

    token: uuid.UUID
    jobs: tuple[Job, ...]
    given_up: tuple[Job, ...] = ()


def claim(job_ids: Iterable[int]) -> Claim:
    """Claim those of the jobs that are free: queued, or held by a worker whose lease ran out, which is one lost with it.

    A job with which two were lost is claimed alone, and the others stay in the queue, so that it takes no innocent with it;
    one with which three more were lost is put in quarantine. Until then nobody can say which job of a batch it was.

    At its first attempt a job has forgotten what it was queued out of: crashes, lost workers and trouble are counted anew.
    """
    token = uuid.uuid4()
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=Now())
    Job.objects.filter(free, pk__in=list(job_ids)).update(
        state=Job.State.RUNNING,
        token=token,
        lease_until=from_now(conf().lease_seconds),
        attempts=F("attempts") + 1,
        crashes=_anew("crashes", 0),
        lost=_anew("lost", 0, When(state=Job.State.RUNNING, then=F("lost") + 1)),
        trouble=_anew("trouble", ""),
    )
    jobs = Job.objects.filter(token=token, state=Job.State.RUNNING).select_related("snapshot__article")
    held = Claim(token, tuple(jobs.order_by("pk")))
    return _apart(held) if any(job.lost >= Job.SUSPECT_FROM for job in held.jobs) else held


def _apart(held: Claim) -> Claim:
    """The claim with one suspect alone, if there is any that may be tried; what else was claimed is not kept."""
    deadly = tuple(job for job in held.jobs if job.lost >= Job.MAX_LOST)
    if deadly:
        _give_up(held, deadly)
    jobs = [job for job in held.jobs if job not in deadly]
    alone = next((job for job in jobs if job.lost >= Job.SUSPECT_FROM), None)
    others = [job.pk for job in jobs if alone not in (job, None)]
    if others:
        give_back(held, others)
    return Claim(held.token, tuple(jobs) if alone is None else (alone,), deadly)


def _give_up(held: Claim, deadly: Iterable[Job]) -> None:
    """Put jobs of the claim in quarantine, under the present plan, so that they stay there until another comes or somebody
    releases them."""
    jobs = Job.objects.filter(token=held.token, state=Job.State.RUNNING, pk__in=[job.pk for job in deadly])
    jobs.update(
        state=Job.State.QUARANTINED,
        plan=plan().digest,
        crashed_in="",
        postponed=0,
        not_before=None,
        trouble=DEADLY,
        afresh=[],
        finished_at=Now(),
        **_NOBODYS,
    )


def give_back(held: Claim, job_ids: Iterable[int], **changes: object) -> None:
    """Put jobs of the claim back into the queue."""
    jobs = Job.objects.filter(token=held.token, state=Job.State.RUNNING, pk__in=list(job_ids))
    jobs.update(state=Job.State.QUEUED, **{**_NOBODYS, **changes})


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


def _anew(field: str, start: object, *cases: When) -> Case:
    """What a job says, or in these cases something else, or what it says at the start where this is its first attempt."""
    at_first = When(attempts=0, then=Value(start))
    return Case(*cases, at_first, default=F(field), output_field=Job._meta.get_field(field))
