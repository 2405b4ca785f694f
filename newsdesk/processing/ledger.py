"""The failure ledger: what stands failed now, by processor and cause; what is in quarantine; what waits for the house.

Counted over partial indexes that hold nothing but failures, so its cost follows the trouble and not the archive.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery

from newsdesk.host.registry import plan
from newsdesk.pipeline import Outcome, Plan
from newsdesk.processing.models import Job, Mute, Run
from newsdesk.processing.queries import OPEN_STATES
from newsdesk.sdk import Transient

LISTED = 200
"""So many causes are listed at most, those with most documents first."""

LOST = "workers lost"
"""The cause of what is in quarantine since worker after worker died with it; which processor did that nobody knows."""


@dataclass(frozen=True)
class Entry:
    """One cause: how many documents now, since when, the latest as an example, and whose mute is on it, if any."""

    kind: str
    processor: str
    cause: str
    documents: int
    first: datetime | None = None
    last: datetime | None = None
    example: Run | Job | None = field(default=None, compare=False)
    mute: Mute | None = None


def ledger() -> list[Entry]:
    """All causes, muted ones included: what waits for the house, what is in quarantine, what failed.

    What failed at a processor that is gone or turned off is out of it: nothing that could be tried again, and what else the
    document has may be as it should.
    """
    now = plan()
    failures, crashes = _failed_runs(now), _crashed_runs().filter(processor__in=_names(now))
    mutes = {(each.processor, each.cause): each for each in Mute.objects.filter(lifted_at=None).select_related("muted_by")}
    held = {_key(each): each["documents"] for each in _groups(failures.filter(snapshot__in=_quarantine().values("snapshot")))}
    failed = [{**each, "documents": each["documents"] - held.get(_key(each), 0)} for each in _groups(failures)]
    groups = [("quarantined", each) for each in _groups(crashes)]
    groups += [("failed", each) for each in failed if each["documents"]]
    entries = [Entry(kind, **each, mute=mutes.get(_key(each))) for kind, each in groups]
    return [*_postponed(), *_with_examples(entries), *_unexplained(now)]


def failed_documents(processor: str, cause: str) -> QuerySet[Job]:
    """The jobs of documents that stand failed at this processor for this cause, those in quarantine left out.

    Without a processor those that failed at none: nobody reads them.
    """
    now = plan()
    if not processor:
        return _unread(now)
    runs = _failed_runs(now).filter(processor=processor, cause=cause)
    return Job.objects.filter(snapshot__in=runs.values("snapshot")).exclude(state=Job.State.QUARANTINED)


def quarantined_documents(processor: str, cause: str) -> QuerySet[Job]:
    """The jobs of documents that are in quarantine because this processor crashed in this way.

    Without a processor those of which no run says why: workers died with them, or the run that crashed is gone.
    """
    if not processor:
        unexplained = _quarantine(~Exists(_crashed_runs().filter(snapshot=OuterRef("snapshot"))))
        return unexplained.filter(lost__gt=0) if cause == LOST else unexplained.filter(lost=0)
    return _quarantine(snapshot__in=_crashed_runs().filter(processor=processor, cause=cause).values("snapshot"))


def troubled() -> int:
    """How many documents failed or are in quarantine, as the ledger has them, those left out whose every failure is muted."""
    now = plan()
    jobs = Job.objects.filter(state__in=[Job.State.FAILED, Job.State.QUARANTINED])
    muted = Mute.objects.filter(lifted_at=None)
    failures = _failed_runs(now).filter(snapshot=OuterRef("snapshot"))
    known = Exists(muted.filter(processor=OuterRef("processor"), cause=OuterRef("cause")))
    all_muted = Exists(failures.filter(known)) & ~Exists(failures.exclude(known))
    return jobs.exclude(Q(lost=0) & (all_muted | _outlived(now))).count()


def _names(now: Plan) -> list[str]:
    return [each.name for each in now.processors]


def _failures() -> QuerySet[Run]:
    return Run.objects.filter(outcome=Outcome.FAILED, current=True)


def _failed_runs(now: Plan) -> QuerySet[Run]:
    """The runs that stand failed and can be tried again: not those of a processor that is gone or turned off, nor those whose
    processor is called again by itself, for their documents are postponed."""
    waiting = Job.objects.filter(snapshot=OuterRef("snapshot"), state__in=OPEN_STATES, postponed__gt=0)
    return _failures().filter(processor__in=_names(now)).exclude(Q(cause=Transient.cause) & Exists(waiting))


def _outlived(now: Plan) -> Q:
    """Of jobs: those that ended by what is gone since, and that the sweep will queue."""
    of_it = {"snapshot": OuterRef("snapshot")}
    return ~Q(plan=now.digest) & Exists(_failures().filter(**of_it)) & ~Exists(_failed_runs(now).filter(**of_it))


def _unread(now: Plan) -> QuerySet[Job]:
    """The jobs of documents that failed, and at no processor."""
    failed = Job.objects.filter(~Exists(_failed_runs(now).filter(snapshot=OuterRef("snapshot"))), state=Job.State.FAILED)
    return failed.exclude(_outlived(now))


def _quarantine(*which: Exists, **more: Any) -> QuerySet[Job]:
    return Job.objects.filter(*which, state=Job.State.QUARANTINED, **more)


def _crashed_runs() -> QuerySet[Run]:
    """The runs that brought their documents into quarantine."""
    crashed = _quarantine(snapshot=OuterRef("snapshot"), crashed_in=OuterRef("processor"))
    return _failures().filter(Exists(crashed), snapshot__in=_quarantine().values("snapshot"))


def _groups(runs: QuerySet[Run]) -> Iterable[dict[str, Any]]:
    grouped = runs.order_by().values("processor", "cause").annotate(documents=Count("pk"), example=Max("pk"))
    return grouped.order_by("-documents", "processor", "cause")[:LISTED]


def _with_examples(entries: list[Entry]) -> list[Entry]:
    """With the latest run of each as an example, and when the first of this cause ever was."""
    ever = Run.objects.filter(outcome=Outcome.FAILED, processor=OuterRef("processor"), cause=OuterRef("cause"))
    first = Subquery(ever.order_by("ended_at").values("ended_at")[:1])
    runs = Run.objects.filter(pk__in=[each.example for each in entries]).annotate(first=first)
    found = {run.pk: run for run in runs.select_related("snapshot__job", "snapshot__article__synopsis")}
    shown = [(entry, found[entry.example]) for entry in entries if entry.example in found]
    return [replace(entry, example=run, first=run.first, last=run.ended_at) for entry, run in shown]


def _postponed() -> list[Entry]:
    """What waits for nothing of its own: a full disk, a database or a plugins' process that does not come up."""
    waiting = Job.objects.filter(state=Job.State.QUEUED, postponed__gt=0).order_by().values("trouble")
    groups = waiting.annotate(documents=Count("pk"), example=Max("pk"), again=Min("not_before")).order_by(
        "-documents", "trouble"
    )
    listed = list(groups[:LISTED])
    found = Job.objects.select_related("snapshot__article__synopsis").in_bulk([each["example"] for each in listed])
    return [
        Entry("postponed", "", each["trouble"], each["documents"], last=each["again"], example=found.get(each["example"]))
        for each in listed
    ]


def _unexplained(now: Plan) -> list[Entry]:
    """Documents in trouble without a run that says why: no processor reads them, workers died with them, or the one that
    crashed is gone."""
    found = []
    groups = [("failed", "", _unread(now))]
    groups += [("quarantined", cause, quarantined_documents("", cause)) for cause in (LOST, "")]
    for kind, cause, jobs in groups:
        group = jobs.aggregate(documents=Count("pk"), example=Max("pk"), first=Min("finished_at"), last=Max("finished_at"))
        if group["documents"]:
            example = Job.objects.select_related("snapshot__article__synopsis").get(pk=group.pop("example"))
            found.append(Entry(kind, "", cause, **group, example=example))
    return found


def _key(group: dict[str, Any]) -> tuple[str, str]:
    return group["processor"], group["cause"]
