"""What placements were derived from, held against what holds now, in one query for any number of articles."""

from django.db.models import BigIntegerField, Count, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from newsdesk.corpus.models import Snapshot
from newsdesk.processing.models import Job, Run
from newsdesk.processing.queries import PROCESSED_BEFORE
from newsdesk.review.models import Decision, Reconciliation


def as_they_are(stamps: QuerySet[Reconciliation]) -> QuerySet[Reconciliation]:
    """The stamps, each with what holds now: `newest` snapshot, `runs_now`, `decision_now` and `decisions_now`."""
    read = Snapshot.objects.filter(PROCESSED_BEFORE | Q(job__state__in=Job.TERMINAL), article=OuterRef("pk")).order_by("-pk")
    said = Decision.objects.filter(article=OuterRef("pk")).order_by().values("article")
    return stamps.annotate(newest=Subquery(read.values("pk")[:1])).annotate(
        runs_now=held_runs("newest"),
        decision_now=Coalesce(Subquery(said.annotate(newest=Max("pk")).values("newest"), output_field=BigIntegerField()), 0),
        decisions_now=Coalesce(Subquery(said.annotate(count=Count("pk")).values("count"), output_field=IntegerField()), 0),
    )


def held_runs(snapshot: str) -> Coalesce:
    """What stands for the set of current runs over the snapshot in this column.

    The squares of ids are summed, for two sets of runs that only swapped places have the same sum.
    """
    runs = Run.objects.filter(snapshot=OuterRef(snapshot), current=True).order_by().values("snapshot")
    held = runs.annotate(held=Sum(F("pk") * F("pk"), output_field=BigIntegerField())).values("held")
    return Coalesce(Subquery(held, output_field=BigIntegerField()), 0, output_field=BigIntegerField())


def is_fresh(stamp: Reconciliation) -> bool:
    """Whether what was stored under a stamp of `as_they_are` was derived from what holds now."""
    derived_from = (stamp.snapshot_id, stamp.runs, stamp.decision, stamp.decisions)
    return derived_from == (stamp.newest, stamp.runs_now, stamp.decision_now, stamp.decisions_now)
