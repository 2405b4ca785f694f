"""See that nothing is left undone: what to hand to workers, and what a new plan makes due again."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise

from django.db import connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.corpus.models import Snapshot
from newsdesk.host.conf import conf
from newsdesk.processing.models import Batch, Job
from newsdesk.processing.planning import planning


def hand_out(limit: int, *, spoken: bool = False) -> list[int]:
    """Jobs that no worker has and no recent message speaks of, oldest first; they count as spoken of from now.

    With `spoken`, those too that a message speaks of: for who processes here and now, and need not wait for a worker.
    """
    earlier = ExpressionWrapper(Now() - timedelta(seconds=conf().nudge_seconds), output_field=DateTimeField())
    unspoken = Q(nudged_at=None) | Q(nudged_at__lt=earlier)
    waiting = Q(state=Job.State.QUEUED) & (Q(not_before=None) | Q(not_before__lte=Now()))
    abandoned = Q(state=Job.State.RUNNING, lease_until__lt=Now())
    with transaction.atomic():
        jobs = Job.objects.filter((waiting | abandoned) if spoken else unspoken & (waiting | abandoned)).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            jobs = jobs.select_for_update(skip_locked=True)
        ids = list(jobs.values_list("pk", flat=True)[:limit])
        Job.objects.filter(pk__in=ids).update(nudged_at=Now())
    return ids


def mark_handed_out(job_ids: Iterable[int]) -> None:
    """A message speaks of these jobs; the sweep may leave them alone for a while."""
    Job.objects.filter(pk__in=list(job_ids)).update(nudged_at=Now())


def rearm_outdated(limit: int) -> int:
    """Queue jobs that ended under another plan: a new version, option or processor. Says how many.

    Asked as ranges between the plans that hold, which the index on plans answers without a look at the jobs that are up to
    date. What is left are jobs that ended under the general plan, of sources that have a plan of their own by now; a plan
    of a source is no other source's.
    """
    now = planning()
    apart = now.apart
    ended = Job.objects.filter(state__in=Job.TERMINAL).order_by("plan", "source", "pk")
    hold = sorted({now.general.digest, *(plan.digest for plan in apart.values())})
    outdated = [ended.filter(plan__gt=low, plan__lt=high) for low, high in pairwise(hold)]
    outdated = [ended.filter(plan__lt=hold[0]), *outdated, ended.filter(plan__gt=hold[-1])]
    if apart:
        _know_sources(Job.objects.filter(plan=now.general.digest, source=None))
        outdated.append(ended.filter(plan=now.general.digest, source__in=apart))
    found = 0
    for jobs in outdated:
        found += queue(jobs[: limit - found], skip_locked=True) if found < limit else 0
    return found


def _know_sources(jobs: QuerySet[Job]) -> None:
    """Say of jobs that a process of an earlier version added while this one was installed which source they are of."""
    source = Snapshot.objects.filter(pk=OuterRef("snapshot")).values("article__source")[:1]
    jobs.update(source=Subquery(source))


def reprocess(*, snapshot_ids: Iterable[int], actor: Actor) -> int:
    """Queue snapshots again, whatever became of them; unchanged results are kept. Says how many.

    More than one at once, and those in quarantine, are not everybody's to queue.
    """
    wanted = list(snapshot_ids)
    require(actor, Operation.REPROCESS if len(wanted) < 2 else Operation.REPROCESS_MANY)
    ended = Job.objects.filter(snapshot__in=wanted, state__in=Job.TERMINAL)
    if ended.filter(state=Job.State.QUARANTINED).exists():
        require(actor, Operation.RELEASE)
    return queue(ended)


@transaction.atomic(savepoint=False)
def queue(jobs: QuerySet[Job], *, batch: Batch | None = None, afresh: Sequence[str] = (), skip_locked: bool = False) -> int:
    """Queue those of these jobs that have ended, in one statement however many they are. Says how many.

    Rows are locked in one order whatever the choice was, so that of two who queue the same at once one waits, and then finds
    none. Without the order each might wait for the other; `skip_locked` leaves to the other what it has.

    What was counted of the last time stays until a worker begins, so that `cancel` has it: `claim` forgets it.
    """
    ended = Job.objects.filter(pk__in=jobs.values("pk"), state__in=Job.TERMINAL)
    locked = ended.order_by("pk").select_for_update(skip_locked=skip_locked)
    return Job.objects.filter(pk__in=locked.values("pk"), state__in=Job.TERMINAL).update(
        former_state=F("state"),
        state=Job.State.QUEUED,
        batch=batch,
        afresh=list(afresh),
        attempts=0,
        postponed=0,
        not_before=None,
        nudged_at=None,
        finished_at=None,
    )
