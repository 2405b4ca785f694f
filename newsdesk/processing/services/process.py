"""Process claimed jobs: compute outside any transaction, and store what has come together in one that the token guards."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db.models import F

from newsdesk.corpus.queries import contents
from newsdesk.host.conf import conf
from newsdesk.pipeline import Dossier, Findings, Outcome, run
from newsdesk.pipeline.run import Call, explain, here
from newsdesk.pipeline.runner import ProcessorCrashed, ProcessorFailed, ProcessorTimedOut
from newsdesk.processing.convert import to_document
from newsdesk.processing.models import Job, Run
from newsdesk.processing.planning import planning
from newsdesk.processing.services.claim import DEADLY, Claim, claim, give_back, renew
from newsdesk.processing.services.store import Computed, after, backoff, store
from newsdesk.sdk import Processor, Transient
from newsdesk.sdk.options import redacted

logger = logging.getLogger(__name__)

STORE_SECONDS = 1.0
"""So long are results gathered before they are stored: what a worker's death makes another compute again."""


def process(job_ids: Iterable[int], call: Call | None = None, stopped: Callable[[], bool] = lambda: False) -> Counter[str]:
    """Process those of the jobs that are free, and count how they ended.

    `call` calls a processor, which otherwise runs in this process; `stopped` is asked before each job, and what is left then
    goes back to the queue. So does the job at hand where this process is told to leave at once, as by SystemExit.
    """
    held = claim(job_ids)
    for job in held.given_up:
        logger.error("job %s is in quarantine: %s", job.pk, DEADLY)
    if not held.jobs:
        return _given_up(held)
    batch = _begin(held, call)
    try:
        for job in held.jobs:
            if stopped():
                break
            batch.compute(job)
    except (SystemExit, KeyboardInterrupt):  # a signal, as it reaches a worker's process: nothing of this is a document's fault
        batch.end()
        raise
    batch.end()
    return batch.ended


def _begin(held: Claim, call: Call | None) -> "_Batch":
    """What a claim is worked on with. Where that cannot be had, a database that is gone, the jobs go back: no worker died."""
    try:
        return _Batch(held, call)
    except Exception:
        give_back(held, [job.pk for job in held.jobs], not_before=after(backoff(0)))
        raise


def _given_up(held: Claim) -> Counter[str]:
    return Counter({str(Job.State.QUARANTINED): len(held.given_up)} if held.given_up else {})


class _Batch:
    """The jobs of one claim, on their way: what was computed and not yet stored, what is left, how the others ended."""

    def __init__(self, held: Claim, call: Call | None) -> None:
        self.ended = _given_up(held)
        self._left = {job.pk for job in held.jobs}
        self._held = held
        self._planning = planning()
        self._contents = contents(job.snapshot for job in held.jobs)
        self._known = _known(held.jobs)
        self._calls = _Calls(call or here(self._planning.general), held)
        self._computed: list[Computed] = []
        self._store_at = time.monotonic() + STORE_SECONDS

    def compute(self, job: Job) -> None:
        """Process a job, and store what has come together when it is time. Whatever is wrong, the others go on."""
        try:
            self._computed.append(self._compute(job))
        except Exception as error:  # a disk, a process that does not start: this job waits, the rest of the batch goes on
            self._postpone(job, error)
        self._left.discard(job.pk)
        if time.monotonic() > self._store_at:
            self.store()

    def store(self) -> None:
        """Store what has come together; one by one where it cannot be stored together, so that one harms no other."""
        computed, self._computed = self._computed, []
        self._store_at = time.monotonic() + STORE_SECONDS
        try:
            self._store(computed)
        except Exception as error:  # a lost connection, a row that no database takes: as in compute
            if len(computed) == 1:
                self._postpone(computed[0].job, error)
                return
            logger.warning("%s results could not be stored together: %s", len(computed), error)
            for each in computed:
                self._computed = [each]
                self.store()

    def end(self) -> None:
        """Store what was computed, and give the rest back."""
        self.store()
        if self._left:
            give_back(self._held, self._left)

    def _compute(self, job: Job) -> Computed:
        document = to_document(job.snapshot, self._contents[job.snapshot.content_id].data)
        self._calls.crashed = self._calls.waits = ""
        plan = self._planning.of(job.snapshot.article.source_id)
        result = run(plan, document, _Known(self._known.get(job.snapshot_id, {}), job.afresh), self._calls)
        if self._calls.unstarted is not None:
            raise self._calls.unstarted
        return Computed(job, plan, result, self._calls.crashed, self._calls.waits)

    def _store(self, computed: list[Computed]) -> None:
        if not computed:
            return
        lost = store(computed, self._held)
        for each in computed:
            if each.job.pk in lost:
                logger.warning("job %s was taken over; its results are the new holder's to store", each.job.pk)
            self.ended["lost" if each.job.pk in lost else str(each.state)] += 1

    def _postpone(self, job: Job, error: Exception) -> None:
        logger.error("job %s could not be processed and will be tried again", job.pk, exc_info=error)
        pause = after(backoff(job.postponed))
        give_back(self._held, [job.pk], postponed=F("postponed") + 1, trouble=explain(error)[0], not_before=pause)
        self.ended["postponed"] += 1


class _Calls:
    """Calls processors, holds the claim meanwhile, and notes what is to be tried again: crashes, and what a processor says
    will pass. Other failures are not.

    A process that does not even start is no document's fault: `unstarted` says so, and nothing more is called.
    """

    def __init__(self, call: Call, held: Claim) -> None:
        self._call = call
        self._held = held
        self._renew_at = self._next_renewal()
        self.crashed = ""
        self.waits = ""
        self.unstarted: ProcessorFailed | None = None

    def __call__(self, processor: Processor, dossier: Dossier) -> Findings:
        if self.unstarted is not None:
            raise self.unstarted
        if time.monotonic() > self._renew_at:
            renew(self._held)
            self._renew_at = self._next_renewal()
        try:
            return self._call(processor, dossier)
        except (ProcessorCrashed, ProcessorTimedOut) as error:
            if error.cause == "start":
                self.unstarted = error
            else:
                self.crashed = self.crashed or processor.name
            raise
        except Transient as error:
            self.waits = redacted(f"{processor.name}: {explain(error)[0]}", processor)
            raise

    @staticmethod
    def _next_renewal() -> float:
        return time.monotonic() + conf().lease_seconds / 3


class _Known(Mapping[str, Findings]):
    """What former runs over a snapshot found, by fingerprint, less that of processors that are to run afresh."""

    def __init__(self, runs: Mapping[str, Run], afresh: Iterable[str]) -> None:
        again = set(afresh)
        self._runs = {print_: run for print_, run in runs.items() if run.processor not in again}

    def __getitem__(self, print_: str) -> Findings:
        return self._runs[print_].findings

    def __contains__(self, print_: object) -> bool:
        return print_ in self._runs

    def __iter__(self) -> Iterator[str]:
        return iter(self._runs)

    def __len__(self) -> int:
        return len(self._runs)


def _known(jobs: Iterable[Job]) -> dict[int, dict[str, Run]]:
    """The runs over snapshots that were processed before, by snapshot and fingerprint, in one query at most."""
    before = [job.snapshot_id for job in jobs if job.plan]
    known: dict[int, dict[str, Run]] = {}
    if before:
        done = Run.objects.with_findings().filter(snapshot__in=before, outcome=Outcome.DONE).order_by("pk")
        for each in (run for run in done if run.unpacked() is not None):
            known.setdefault(each.snapshot_id, {})[each.fingerprint] = each
    return known
