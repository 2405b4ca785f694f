"""Store results: those of many jobs in one short transaction, each guarded by the token that its worker holds."""

import json
import logging
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, Max
from django.db.models.functions import Now

from newsdesk.corpus.models import Article, Snapshot
from newsdesk.host.registry import disabled
from newsdesk.pipeline import Outcome, Plan, Result
from newsdesk.pipeline import Run as Ran
from newsdesk.pipeline.reading import READING
from newsdesk.processing.convert import to_run, to_synopsis
from newsdesk.processing.models import Job, Run, Synopsis
from newsdesk.processing.queries import text_of
from newsdesk.processing.services.claim import Claim, held_still

logger = logging.getLogger(__name__)

MAX_CRASHES = 3
"""So often may a document take a processor's process down before it is put in quarantine."""

CRASH_PAUSE = timedelta(seconds=2)
MAX_PAUSE_SECONDS = 300


@dataclass(frozen=True)
class Computed:
    """What came out for a job: also the processor that crashed over it, and why one asks to be called again, if one does."""

    job: Job
    plan: Plan
    result: Result
    crashed: str = ""
    waits: str = ""

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot that was processed."""
        return self.job.snapshot

    @property
    def before(self) -> bool:
        """Whether the snapshot was processed before. If not, there is nothing to be kept or replaced."""
        return bool(self.job.plan)

    @property
    def state(self) -> Job.State:
        """How the job ends, or that it is to be tried again."""
        if self.crashed:
            return Job.State.QUEUED if self.job.crashes + 1 < MAX_CRASHES else Job.State.QUARANTINED
        if self.waits:
            return Job.State.QUEUED
        return Job.State.FAILED if self.result.failed else Job.State.DONE


def store(computed: Iterable[Computed], held: Claim) -> set[int]:
    """Store results, all or none, and end their jobs. Gives the jobs that somebody else has now, whose results are not."""
    everything = list(computed)
    with transaction.atomic():
        still = held_still(held, (each.job.pk for each in everything))
        mine = [each for each in everything if each.job.pk in still]
        _end(mine)
        _store_synopses(_store_runs(mine))
    return {each.job.pk for each in everything} - still


def _end(computed: Iterable[Computed]) -> None:
    """Say of the jobs how they ended; most of a batch end alike, and are one statement."""
    alike: dict[str, list[Computed]] = defaultdict(list)
    for each in computed:
        alike[json.dumps(_ending(each))].append(each)
    for ending, those in alike.items():
        first = those[0]
        again = first.state == Job.State.QUEUED
        Job.objects.filter(pk__in=[each.job.pk for each in those]).update(
            token=None,
            lease_until=None,
            nudged_at=None,
            not_before=after(_pause(first)) if again else None,
            finished_at=None if again else Now(),
            **json.loads(ending),
        )


def _ending(computed: Computed) -> dict[str, Any]:
    """What the job says of how it ended, in plain values."""
    job, crashed = computed.job, computed.crashed
    waits = "" if crashed else computed.waits
    return {
        "state": computed.state,
        "plan": computed.plan.digest,
        "crashes": job.crashes + 1 if crashed else job.crashes if waits else 0,
        "crashed_in": crashed,
        "lost": 0,
        "postponed": job.postponed + 1 if waits else 0,
        "trouble": waits,
        "afresh": job.afresh if computed.state == Job.State.QUEUED else [],
        "outcomes": {ran.processor: str(ran.outcome) for ran in computed.result.runs},
    }


def _pause(computed: Computed) -> timedelta:
    """How long to wait before the next try."""
    return CRASH_PAUSE * 2**computed.job.crashes if computed.crashed else backoff(computed.job.postponed)


def backoff(postponed: int) -> timedelta:
    """Longer with each time that something was postponed, never much; and never quite the same, or all would come at once."""
    return timedelta(seconds=min(2 ** min(postponed + 1, 10), MAX_PAUSE_SECONDS) * random.uniform(0.5, 1))  # noqa: S311 - no secret


def _store_runs(computed: Iterable[Computed]) -> list[Computed]:
    """Store the runs that are new, and say which hold from now on. What was kept stays as it is. Gives those that count."""
    fresh: list[Run] = []
    counted: list[Computed] = []
    for each in computed:
        if each.result.dossier.text is None and each.before and _reader_is_gone(each):
            logger.warning("job %s: what read this document before is gone; its former results stay", each.job.pk)
            continue
        counted.append(each)
        fresh += _replacing(each) if each.before else [to_run(ran, each.snapshot, each.plan) for ran in each.result.runs]
    Run.objects.bulk_create(fresh)
    return counted


def _reader_is_gone(computed: Computed) -> bool:
    """Whether the reader or processor that gave this snapshot its text was neither asked nor turned off: gone, or broken.

    What was found with it then stands until somebody reads the document again.
    """
    current = Run.objects.with_findings().filter(snapshot=computed.snapshot, current=True)
    readers = {run.processor for run in current if run.findings.count("text") or run.findings.count(READING)}
    return bool(readers - {ran.processor for ran in computed.result.runs} - disabled())


def _replacing(computed: Computed) -> list[Run]:
    """The runs to store for a snapshot that was processed before, after those that they replace were put aside."""
    snapshot, result = computed.snapshot, computed.result
    standing = {each.processor: each for each in Run.objects.filter(snapshot=snapshot, current=True)}
    fresh = [ran for ran in result.runs if not _stands(ran, standing.get(ran.processor))]
    replaced = {ran.processor for ran in fresh} | disabled()
    absent = set(standing) - {ran.processor for ran in result.runs}
    if absent and text_of(snapshot.pk) != result.dossier.text:
        replaced |= absent  # what they found stands in a text that holds no longer
    Run.objects.filter(snapshot=snapshot, current=True, processor__in=replaced).update(current=False)
    kept = [ran.fingerprint for ran in fresh if ran.outcome == Outcome.KEPT]
    if kept:  # a processor went back to a version or option whose result is still here
        newest = Run.objects.filter(snapshot=snapshot, outcome=Outcome.DONE, fingerprint__in=kept).order_by("pk")
        Run.objects.filter(pk__in={each.fingerprint: each.pk for each in newest}.values()).update(current=True)
    return [to_run(ran, snapshot, computed.plan) for ran in fresh if ran.outcome != Outcome.KEPT]


def _stands(ran: Ran, current: Run | None) -> bool:
    """Whether the database says the same already."""
    if current is None or current.fingerprint != ran.fingerprint:
        return False
    if ran.outcome == Outcome.KEPT:
        return current.outcome == Outcome.DONE
    return ran.outcome in (Outcome.SKIPPED, Outcome.BLOCKED) and current.outcome == ran.outcome


def _store_synopses(computed: Iterable[Computed]) -> None:
    """Say what lists show, of articles whose newest snapshot this is. Their rows are held, so that the newest comes last."""
    by_snapshot = {each.snapshot.pk: each for each in computed}
    articles = {each.snapshot.article_id for each in by_snapshot.values()}
    held = Article.objects.select_for_update(no_key=True).filter(pk__in=articles).order_by("pk").values_list("pk", flat=True)
    newest = Snapshot.objects.filter(article__in=list(held)).values("article").annotate(newest=Max("pk")).order_by()
    shown = [by_snapshot[pk] for pk in newest.values_list("newest", flat=True) if pk in by_snapshot]
    Synopsis.objects.bulk_create(
        [to_synopsis(each.result, each.snapshot) for each in shown],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["snapshot", "title", "words", "quotes", "boilerplate"],
    )


def after(pause: timedelta) -> ExpressionWrapper:
    """The time that is so long after now, by the database's clock."""
    return ExpressionWrapper(Now() + pause, output_field=DateTimeField())
