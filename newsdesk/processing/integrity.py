"""What must always hold of jobs, runs and artifacts; each breach is named. Reads the whole archive, piece by piece."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, OuterRef
from django.db.models.functions import Now

from newsdesk.corpus.models import Snapshot
from newsdesk.host.conf import conf
from newsdesk.host.registry import kinds, plan
from newsdesk.processing.artifacts import artifacts_of, readable
from newsdesk.processing.models import Job, Run
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import ContractError, Kind
from newsdesk.sdk.contract import check_artifact

CHUNK = 100
"""So many runs, each with all that it found, are read at a time."""

GRACE = 20
"""So many rounds of the sweep may pass before a job with an expired lease counts as forgotten."""


@dataclass(frozen=True)
class Breach:
    """One thing that is not as it must be: which invariant, what, and how."""

    invariant: str
    thing: str
    what: str


def breaches() -> Iterator[Breach]:
    """Everything that does not hold."""
    yield from _unprocessed()
    yield from _doubled_findings()
    yield from _doubled_runs()
    yield from _displaced()
    yield from _forgotten()


def _unprocessed() -> Iterator[Breach]:
    """I1: each snapshot has a job, and each job that ended under the present plan a run of each of its processors."""
    for snapshot in Snapshot.objects.filter(~Exists(Job.objects.filter(snapshot=OuterRef("pk")))).iterator():
        yield Breach("I1", f"snapshot {snapshot.pk}", "has no job")
    now = plan()
    ended = Job.objects.filter(state__in=[Job.State.DONE, Job.State.FAILED], plan=now.digest)
    for processor in now.processors:
        ran = Run.objects.filter(snapshot=OuterRef("snapshot"), processor=processor.name, current=True)
        for job in ended.filter(~Exists(ran)).iterator():
            yield Breach("I1", f"snapshot {job.snapshot_id}", f"has ended without a run of {processor.name}")


def _doubled_findings() -> Iterator[Breach]:
    """I2: no run has the same finding twice. And what holds can be read; what held before, and was replaced, need not be."""
    for run in Run.objects.with_findings().exclude(compressed=b"", reviewed=0).iterator(chunk_size=CHUNK):
        if readable(run) is None:
            if run.current:
                yield Breach("I4", f"run {run.pk} of snapshot {run.snapshot_id}", "has findings that cannot be read")
            continue
        digests = Counter(each.digest for each in artifacts_of(run))
        for digest, count in digests.items():
            if count > 1:
                yield Breach("I2", f"run {run.pk}", f"has finding {digest[:8]} {count} times")


def _doubled_runs() -> Iterator[Breach]:
    """I3: a processor has one current run for a snapshot."""
    current = Run.objects.filter(current=True).values("snapshot", "processor").annotate(count=Count("pk"))
    for each in current.filter(count__gt=1).order_by().iterator():
        yield Breach("I3", f"snapshot {each['snapshot']}", f"has {each['count']} current runs of {each['processor']}")


def _displaced() -> Iterator[Breach]:
    """I4: the text under an artifact's spans is what the artifact says."""
    current = Run.objects.with_findings().filter(current=True).exclude(compressed=b"").order_by("snapshot", "pk")
    for snapshot, runs in groupby(current.iterator(chunk_size=CHUNK), key=lambda run: run.snapshot_id):
        found = [artifact for run in runs for artifact in artifacts_of(run)]
        text = next((str(each.found.data["text"]) for each in found if each.kind == "text"), "")
        for artifact in (each for each in found if each.kind != "text"):
            try:
                check_artifact(artifact.found, text, _kinds(artifact.found))
            except ContractError as error:
                yield Breach("I4", f"{artifact.kind} {artifact.pk} of snapshot {snapshot}", str(error))


def _kinds(found: Found) -> Mapping[str, Kind]:
    """The kinds to hold a finding to. Of one whose plugin is gone, no more is known than that its spans are in the text."""
    if found.kind in kinds():
        return kinds()
    return {found.kind: Kind(found.kind, found.kind, roles={span.role: (0, None) for span in found.spans})}


def _forgotten() -> Iterator[Breach]:
    """I6: no job runs on with a lease that expired so long ago that a sweep must have seen it."""
    grace = timedelta(seconds=GRACE * conf().sweep_seconds + conf().nudge_seconds)
    long_ago = ExpressionWrapper(Now() - grace, output_field=DateTimeField())
    for job in Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=long_ago).iterator():
        yield Breach("I6", f"job {job.pk}", f"is running with a lease that ended at {job.lease_until:%Y-%m-%d %H:%M:%S}")
