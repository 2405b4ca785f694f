"""Read runs, artifacts and how far the work has come."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from newsdesk.corpus.models import Article, Snapshot
from newsdesk.processing.artifacts import MAX_PLACES, Artifact, artifacts_of, place
from newsdesk.processing.models import Job, Run

OPEN_STATES = (Job.State.QUEUED, Job.State.RUNNING)
PROCESSED_BEFORE = ~Q(job__plan="") & Q(job__crashes=0, job__lost__lt=Job.MAX_LOST)
"""Of snapshots: those that have a result, be they queued again for another."""


def progress(batch_id: int | None = None) -> Counter[str]:
    """How many jobs are in each state: all of them, or those that belong to a batch."""
    jobs = Job.objects.all() if batch_id is None else Job.objects.filter(batch=batch_id)
    return Counter(dict(jobs.values_list("state").annotate(Count("pk")).order_by()))


def current_runs(snapshot_id: int) -> QuerySet[Run]:
    """The runs that hold for a snapshot."""
    return Run.objects.filter(snapshot=snapshot_id, current=True).order_by("pk")


def current_artifacts(snapshot_id: int) -> list[Artifact]:
    """What holds for a snapshot, in the order of reading; what has no place in the text comes first."""
    runs = Run.objects.with_findings().filter(snapshot=snapshot_id, current=True).order_by("pk")
    return sorted((each for run in runs for each in artifacts_of(run)), key=_in_reading)


def _in_reading(artifact: Artifact) -> tuple[int, int]:
    return (-1 if artifact.start is None else artifact.start, artifact.pk)


def text_of(snapshot_id: int) -> str | None:
    """The canonical text of a snapshot, or None while there is none."""
    return _text(Run.objects.with_findings().filter(snapshot=snapshot_id, current=True))


def artifact_with_text(number: int) -> tuple[Artifact, str | None]:
    """An artifact and the text that it points into, be they superseded or not. Raises Artifact.DoesNotExist.

    One statement says both whether its run holds and which text does: or a worker that commits in between would have it
    point into a text that it was not found in.
    """
    same = Run.objects.with_findings().filter(snapshot__runs=number // MAX_PLACES)
    runs = list(same.select_related("snapshot__article").order_by("-pk"))
    found = place(next((run for run in runs if run.pk == number // MAX_PLACES), None), number)
    earlier = (run for run in runs if (run.current if found.run.current else run.pk <= found.run.pk))
    return found, next((str(data["text"]) for run in earlier for data, *_ in run.findings.entries("text")), None)


def texts_found(snapshots: QuerySet[Snapshot] | Iterable[int]) -> list[Artifact]:
    """The texts that were ever found in these snapshots, with the runs that found them, newest first."""
    runs = Run.objects.with_findings().filter(snapshot__in=snapshots).exclude(compressed=b"").order_by("-pk")
    with_text = (run for run in runs.iterator(chunk_size=10) if run.findings.count("text"))
    return [each for run in with_text for each in artifacts_of(run) if each.kind == "text"]


def _text(runs: QuerySet[Run]) -> str | None:
    """The text in the newest of these runs that found one."""
    found = (run.findings for run in runs.exclude(compressed=b"").order_by("-pk").iterator(chunk_size=10))
    return next((str(data["text"]) for each in found for data, *_ in each.entries("text")), None)


def snapshot(snapshot_id: int) -> Snapshot:
    """A snapshot with its article, source and job. Raises Snapshot.DoesNotExist."""
    return Snapshot.objects.select_related("article__source", "job").get(pk=snapshot_id)


def runs_of(article_id: int) -> QuerySet[Run]:
    """All runs over an article's snapshots, newest first, those that no longer hold included."""
    return Run.objects.filter(snapshot__article=article_id).order_by("-pk")


def articles(*, source: str = "", state: str = "", words: str = "") -> QuerySet[Article]:
    """Articles, newest first, each with its synopsis and with `newest`, `state` of its newest snapshot.

    `source` is a short name, `state` a job's, `words` stand in title or address.
    """
    newest = Job.objects.filter(snapshot__article=OuterRef("pk")).order_by("-snapshot")
    found = Article.objects.select_related("source", "synopsis").annotate(
        newest=Subquery(newest.values("snapshot")[:1]), state=Subquery(newest.values("state")[:1])
    )
    found = found.filter(source__slug=source) if source else found
    found = found.filter(state=state) if state else found
    if state and state != Job.State.DONE:  # the others are few, and the jobs' index finds them
        found = found.filter(pk__in=Snapshot.objects.filter(job__state=state).values("article"))
    found = found.filter(Q(address__icontains=words) | Q(synopsis__title__icontains=words)) if words else found
    return found.order_by("-pk")


def snapshot_ids(article_id: int) -> list[int]:
    """The snapshots of an article, newest first."""
    return list(Snapshot.objects.filter(article=article_id).order_by("-pk").values_list("pk", flat=True))
