"""Take a document in: its bytes and the job that will process them, in one transaction or not at all."""

from dataclasses import dataclass

from django.db import transaction

from newsdesk.access.policy import Actor
from newsdesk.corpus.models import Snapshot
from newsdesk.corpus.services import DEFAULT_SOURCE, receive
from newsdesk.processing.models import Job


@dataclass(frozen=True)
class Submission:
    """What became of a document: its snapshot, its job, and whether the desk had it already."""

    snapshot: Snapshot
    job: Job
    created: bool


def submit(
    *,
    content: bytes,
    actor: Actor,
    url: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    source: str = DEFAULT_SOURCE,
    name: str = "",
) -> Submission:
    """Receive a document and have it processed. Parameters and errors are those of `corpus.services.receive`."""
    with transaction.atomic():
        receipt = receive(
            content=content, actor=actor, url=url, media_type=media_type, charset=charset, source=source, name=name
        )
        job, _ = Job.objects.get_or_create(snapshot=receipt.snapshot)
    return Submission(receipt.snapshot, job, receipt.created)
