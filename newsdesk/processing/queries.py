"""Read runs, artifacts and how far the work has come."""

from collections import Counter

from django.db.models import Count, F, QuerySet

from newsdesk.processing.models import Artifact, Job, Run

OPEN_STATES = (Job.State.QUEUED, Job.State.RUNNING)


def progress() -> Counter[str]:
    """How many jobs are in each state."""
    return Counter(dict(Job.objects.values_list("state").annotate(Count("pk")).order_by()))


def current_runs(snapshot_id: int) -> QuerySet[Run]:
    """The runs that hold for a snapshot."""
    return Run.objects.filter(snapshot=snapshot_id, current=True).order_by("pk")


def current_artifacts(snapshot_id: int) -> QuerySet[Artifact]:
    """What holds for a snapshot, in the order of reading; what has no place in the text comes first."""
    current = Artifact.objects.filter(run__snapshot=snapshot_id, run__current=True).select_related("run")
    return current.order_by(F("start").asc(nulls_first=True), "pk")


def text_of(snapshot_id: int) -> str | None:
    """The canonical text of a snapshot, or None while there is none."""
    return current_artifacts(snapshot_id).filter(kind="text").values_list("data__text", flat=True).first()


def all_snapshot_ids() -> list[int]:
    """Every snapshot that has a job."""
    return list(Job.objects.order_by("pk").values_list("snapshot_id", flat=True))
