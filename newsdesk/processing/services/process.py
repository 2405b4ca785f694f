"""Process claimed jobs: compute outside any transaction, store in one short one that the token guards."""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Now

from newsdesk.corpus.models import Snapshot
from newsdesk.corpus.queries import contents
from newsdesk.host.conf import conf
from newsdesk.host.registry import disabled, plan
from newsdesk.pipeline import Outcome, Plan, Result, run
from newsdesk.pipeline import Run as Ran
from newsdesk.pipeline.run import Call, call_here, explain
from newsdesk.pipeline.runner import ProcessorCrashed, ProcessorFailed, ProcessorTimedOut
from newsdesk.processing.convert import to_artifacts, to_document, to_run, to_synopsis
from newsdesk.processing.models import Artifact, Job, Run, Synopsis
from newsdesk.processing.queries import text_of
from newsdesk.processing.services.claim import Claim, LeaseLost, claim, finish, renew
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Document, Processor

logger = logging.getLogger(__name__)

MAX_CRASHES = 3
"""So often may a document take a processor's process down before it is put in quarantine."""

CRASH_PAUSE = timedelta(seconds=2)
MAX_PAUSE_SECONDS = 300


def process(job_ids: Iterable[int], call: Call = call_here, stopped: Callable[[], bool] = lambda: False) -> Counter[str]:
    """Process those of the jobs that are free, and count how they ended.

    `call` calls a processor; `stopped` is asked before each job, and what is left then goes back to the queue.
    """
    held = claim(job_ids)
    bytes_of = contents(job.snapshot for job in held.jobs)
    ended: Counter[str] = Counter()
    calls = _Calls(call, held)
    for job in held.jobs:
        if stopped():
            _give_back(held)
            break
        try:
            ended[_process(job, held, bytes_of[job.snapshot.content_id], calls)] += 1
        except LeaseLost as error:
            logger.warning("%s", error)
            ended["lost"] += 1
        except Exception as error:  # a full disk, a lost connection: this job waits, the rest of the batch goes on
            logger.exception("job %s could not be processed and will be tried again", job.pk)
            _postpone(held, job, explain(error)[0])
            ended["postponed"] += 1
    return ended


def _process(job: Job, held: Claim, content: bytes, calls: "_Calls") -> str:
    now, crashes_before = plan(), calls.crashes
    document = to_document(job.snapshot, content)
    result = run(now, document, _known(job), calls)
    if calls.unstarted is not None:
        raise calls.unstarted
    crashed = calls.crashes > crashes_before
    state = _state(job, result, crashed)
    with transaction.atomic():
        finish(
            job,
            held.token,
            state=state,
            plan=now.digest,
            crashes=job.crashes + 1 if crashed else 0,
            crashed_in=calls.crashed_in if crashed else "",
            postponed=0,
            trouble="",
            afresh=job.afresh if state == Job.State.QUEUED else [],
            not_before=_after(CRASH_PAUSE * 2**job.crashes) if state == Job.State.QUEUED else None,
            nudged_at=None,
            outcomes={each.processor: str(each.outcome) for each in result.runs},
            finished_at=None if state == Job.State.QUEUED else Now(),
        )
        if result.document.has_text or not _reader_is_gone(job.snapshot, result):
            _store(job.snapshot, now, result)
        else:
            logger.warning("job %s: what read this document before is gone; its former results stay", job.pk)
    return state


def _reader_is_gone(snapshot: Snapshot, result: Result) -> bool:
    """Whether the processor that gave this snapshot its text was neither asked nor turned off: uninstalled, or broken.

    What was found with it then stands until somebody reads the document again.
    """
    texts = Artifact.objects.filter(run__snapshot=snapshot, run__current=True, kind="text")
    readers = set(texts.values_list("run__processor", flat=True))
    return bool(readers - {ran.processor for ran in result.runs} - disabled())


class _Calls:
    """Calls processors, holds the claim meanwhile, and counts crashes: they are retried, other failures are not.

    A process that does not even start is no document's fault: `unstarted` says so, and nothing more is called.
    """

    def __init__(self, call: Call, held: Claim) -> None:
        self._call = call
        self._held = held
        self._renew_at = self._next_renewal()
        self.crashes = 0
        self.crashed_in = ""
        self.unstarted: ProcessorFailed | None = None

    def __call__(self, processor: Processor, document: Document) -> Iterable[Found]:
        if self.unstarted is not None:
            raise self.unstarted
        if time.monotonic() > self._renew_at:
            renew(self._held)
            self._renew_at = self._next_renewal()
        try:
            return self._call(processor, document)
        except (ProcessorCrashed, ProcessorTimedOut) as error:
            if error.cause == "start":
                self.unstarted = error
            else:
                self.crashes += 1
                self.crashed_in = processor.name
            raise

    @staticmethod
    def _next_renewal() -> float:
        return time.monotonic() + conf().lease_seconds / 3


def _state(job: Job, result: Result, crashed: bool) -> Job.State:
    if crashed:
        return Job.State.QUEUED if job.crashes + 1 < MAX_CRASHES else Job.State.QUARANTINED
    return Job.State.FAILED if result.failed else Job.State.DONE


def _known(job: Job) -> dict[str, tuple[Found, ...]]:
    """What former runs over this snapshot found, by fingerprint, but for processors that are to run afresh."""
    former = Run.objects.filter(snapshot=job.snapshot, outcome=Outcome.DONE).exclude(processor__in=job.afresh)
    done = former.prefetch_related("artifacts").order_by("pk")
    return {each.fingerprint: tuple(row.found for row in sorted(each.artifacts.all(), key=_order)) for each in done}


def _order(row: Artifact) -> int:
    return row.pk


def _store(snapshot: Snapshot, now: Plan, result: Result) -> None:
    """Store what is new, and say which runs hold from now on. What was kept stays as it is."""
    standing = {each.processor: each for each in Run.objects.filter(snapshot=snapshot, current=True)}
    fresh = [ran for ran in result.runs if not _stands(ran, standing.get(ran.processor))]
    replaced = {ran.processor for ran in fresh} | disabled()
    absent = set(standing) - {ran.processor for ran in result.runs}
    if absent and text_of(snapshot.pk) != (result.document.text if result.document.has_text else None):
        replaced |= absent  # what they found stands in a text that holds no longer
    Run.objects.filter(snapshot=snapshot, current=True, processor__in=replaced).update(current=False)
    kept = [ran.fingerprint for ran in fresh if ran.outcome == Outcome.KEPT]
    if kept:  # a processor went back to a version or option whose result is still here
        newest = Run.objects.filter(snapshot=snapshot, outcome=Outcome.DONE, fingerprint__in=kept).order_by("pk")
        Run.objects.filter(pk__in={each.fingerprint: each.pk for each in newest}.values()).update(current=True)
    ended = [ran for ran in fresh if ran.outcome != Outcome.KEPT]
    rows = Run.objects.bulk_create([to_run(ran, snapshot, now) for ran in ended])
    Artifact.objects.bulk_create(
        [artifact for ran, row in zip(ended, rows, strict=True) for artifact in to_artifacts(ran.artifacts, row)]
    )
    _store_synopsis(snapshot, result)


def _stands(ran: Ran, current: Run | None) -> bool:
    """Whether the database says the same already."""
    if current is None or current.fingerprint != ran.fingerprint:
        return False
    if ran.outcome == Outcome.KEPT:
        return current.outcome == Outcome.DONE
    return ran.outcome in (Outcome.SKIPPED, Outcome.BLOCKED) and current.outcome == ran.outcome


def _store_synopsis(snapshot: Snapshot, result: Result) -> None:
    newest = Snapshot.objects.filter(article=snapshot.article_id).order_by("-pk").values_list("pk", flat=True)[0]
    if newest == snapshot.pk:
        Synopsis.objects.bulk_create(
            [to_synopsis(result, snapshot)],
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=["snapshot", "title", "words", "quotes", "boilerplate"],
        )


def _postpone(held: Claim, job: Job, trouble: str) -> None:
    """Put a job back for later: the longer the more often it was, without end, and not all of them at the same moment."""
    pause = min(2 ** min(job.postponed + 1, 10), MAX_PAUSE_SECONDS) * random.uniform(0.5, 1)  # noqa: S311 - no secret
    not_before = _after(timedelta(seconds=pause))
    _give_back(held, job, not_before=not_before, postponed=F("postponed") + 1, trouble=trouble)


def _give_back(held: Claim, job: Job | None = None, **changes: object) -> None:
    """Put a job, or all that is left of the claim, back into the queue."""
    jobs = Job.objects.filter(token=held.token, state=Job.State.RUNNING)
    jobs = jobs.filter(pk=job.pk) if job else jobs
    jobs.update(
        **{"state": Job.State.QUEUED, "token": None, "lease_until": None, "nudged_at": None, "not_before": None} | changes
    )


def _after(pause: timedelta) -> ExpressionWrapper:
    return ExpressionWrapper(Now() + pause, output_field=DateTimeField())
