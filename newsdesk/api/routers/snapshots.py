"""Submit documents, and learn what became of them."""

import base64
import binascii

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Status

from newsdesk.api import schemas
from newsdesk.api.convert import to_snapshot, to_submission
from newsdesk.api.errors import Fault, Problem
from newsdesk.api.guard import too_large
from newsdesk.corpus.services import DEFAULT_SOURCE
from newsdesk.processing import queries
from newsdesk.sdk.content import MAX_BYTES
from newsdesk.worker import enqueue

router = Router(tags=["Snapshots"])


@router.post(
    "/snapshots",
    response={202: schemas.Submission, 200: schemas.Submission},
    operation_id="snapshots_create",
    summary="Submit a document",
)
def create(request: HttpRequest, data: schemas.SnapshotIn, response: HttpResponse) -> Status:
    """Take a document in and queue it for processing.

    Answers `202` at once; read the address in `Location` until `state` is neither `queued` nor `running`. The same bytes
    at the same address twice answer `200` with the snapshot that is here already, so sending again is always safe.
    """
    content = _content(data)
    made = enqueue.submit(
        content=content,
        actor=request.auth,
        url=data.url,
        media_type=data.media_type,
        charset=data.charset or _charset(data),
        source=data.source or DEFAULT_SOURCE,
        name=data.name,
    )
    response["Location"] = f"{request.path}/{made.snapshot.pk}"
    return Status(202 if made.created else 200, to_submission(made))


@router.get("/snapshots/{snapshot_id}", response=schemas.Snapshot, operation_id="snapshots_read", summary="Read a snapshot")
def read(request: HttpRequest, snapshot_id: Path[schemas.Id], response: HttpResponse) -> schemas.Snapshot:
    """Tell how far a document is, and how each processor ended. While it goes on, `Retry-After` says when to ask again."""
    snapshot = queries.snapshot(snapshot_id)
    found = to_snapshot(snapshot, queries.current_runs(snapshot_id))
    if found.state in ("queued", "running"):
        response["Retry-After"] = "1"
    return found


def _content(data: schemas.SnapshotIn) -> bytes:
    if (data.content is None) == (data.content_base64 is None):
        raise _invalid("content", "give either content or content_base64")
    if data.content is not None and data.charset is not None:
        raise _invalid("charset", "a charset belongs to content_base64; content is text already")
    content = data.content.encode() if data.content is not None else _decoded(data.content_base64 or "")
    if len(content) > MAX_BYTES:
        raise too_large("the document", len(content))
    return content


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _invalid("content_base64", f"is no Base64: {error}") from None


def _charset(data: schemas.SnapshotIn) -> str | None:
    """Text that came as text is UTF-8 whatever the page says of itself; in ASCII, there is nothing to declare."""
    return "utf-8" if data.content is not None and not data.content.isascii() else None


def _invalid(field: str, message: str) -> Problem:
    return Problem("invalid", f"{field}: {message}", faults=[Fault(field, "body", message)])
