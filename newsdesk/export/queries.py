"""Which articles leave, one by one, so that an archive of any size can."""

from collections.abc import Iterator

from newsdesk.corpus.models import Snapshot
from newsdesk.export.convert import to_record
from newsdesk.processing.models import Job
from newsdesk.review.queries import newest_snapshot
from newsdesk.sdk import Record


def records(*, reviewed_only: bool = False) -> Iterator[Record]:
    """A record for the newest processed snapshot of each article, oldest article first."""
    ended = Snapshot.objects.filter(job__state__in=[Job.State.DONE, Job.State.FAILED])
    articles = ended.order_by("article_id").values_list("article_id", flat=True).distinct()
    for article in articles.iterator(chunk_size=500):
        snapshot = newest_snapshot(article)
        if snapshot is not None:
            yield to_record(snapshot, reviewed_only=reviewed_only)
