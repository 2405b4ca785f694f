"""What left, and which articles leave, one by one, so that an archive of any size can."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.corpus.models import Snapshot
from newsdesk.export.convert import to_record
from newsdesk.export.models import Export
from newsdesk.processing.models import Job
from newsdesk.processing.queries import PROCESSED_BEFORE
from newsdesk.review.queries import newest_snapshot
from newsdesk.sdk import Record


def records(*, reviewed_only: bool = False) -> Iterator[Record]:
    """A record for the newest processed snapshot of each article, oldest article first."""
    ended = Snapshot.objects.filter(PROCESSED_BEFORE | Q(job__state__in=[Job.State.DONE, Job.State.FAILED]))
    articles = ended.order_by("article_id").values_list("article_id", flat=True).distinct()
    for article in articles.iterator(chunk_size=500):
        snapshot = newest_snapshot(article)
        if snapshot is not None:
            yield to_record(snapshot, reviewed_only=reviewed_only)


def exports(actor: Actor) -> QuerySet[Export]:
    """What left the desk, newest first, for whoever may take it along."""
    require(actor, Operation.EXPORT)
    return Export.objects.select_related("created_by").order_by("-pk")


def file_of(export: Export) -> Path:
    """Where the file of an export lies."""
    return Path(settings.MEDIA_ROOT) / export.file
