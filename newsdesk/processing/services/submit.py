"""Take a document in: its bytes and the job that will process them, in one transaction or not at all."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from newsdesk.corpus.models import Snapshot
from newsdesk.corpus.services import deliver, recall, store
from newsdesk.processing.models import Job


@dataclass(frozen=True)
class Submission:
    """What became of a document: its snapshot, its job, and whether the desk had it already."""

    snapshot: Snapshot
    job: Job
    created: bool


def submit(**document: Any) -> Submission:
    """Receive a document and have it processed. Parameters and errors are those of `corpus.services.deliver`."""
    delivery = deliver(**document)
    known = recall(delivery)
    if known is not None and hasattr(known, "job"):  # the usual case of a feed that is read again: nothing to write
        return Submission(known, known.job, False)
    with transaction.atomic():
        receipt = store(delivery)
        job, _ = Job.objects.get_or_create(
            snapshot=receipt.snapshot, defaults={"source_id": receipt.snapshot.article.source_id}
        )
    return Submission(receipt.snapshot, job, receipt.created)
