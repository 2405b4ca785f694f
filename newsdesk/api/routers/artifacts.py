"""Read what was found in articles, and decide on it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from newsdesk.api import schemas
from newsdesk.api.convert import to_artifact, to_decision
from newsdesk.api.errors import Fault, Problem
from newsdesk.api.paging import page_of_items
from newsdesk.api.routers.articles import shown_snapshot
from newsdesk.host.registry import kinds
from newsdesk.processing.queries import text_of
from newsdesk.review import services
from newsdesk.review.queries import Effective, effective_artifact, reading

router = Router(tags=["Artifacts and decisions"])


@router.get(
    "/articles/{article_id}/artifacts",
    response=schemas.Artifacts,
    operation_id="artifacts_list",
    summary="List an article's artifacts",
)
def list_artifacts(request: HttpRequest, article_id: Path[schemas.Id], query: Query[schemas.ArtifactQuery]) -> dict[str, Any]:
    """What stands in the article, in the order of reading: quotes with their speakers, metadata, paragraphs, boilerplate.

    These are effective artifacts: the machine's, with the latest decisions laid over, and those that editors added.
    """
    read = reading(shown_snapshot(article_id))
    _check_kind(query.kind, read.items)
    wanted = [item for item in read.items if _wanted(item, query)]
    text = read.text or ""
    return page_of_items(request, wanted, query, _place, lambda item: to_artifact(item, read.snapshot, text))


@router.post(
    "/articles/{article_id}/artifacts",
    response={201: schemas.Decision},
    operation_id="artifacts_create",
    summary="Add a missed artifact",
)
def create(request: HttpRequest, article_id: Path[schemas.Id], data: schemas.AdditionIn) -> Status:
    """Add what the machine missed. It becomes an artifact by this decision; withdraw the decision to take it away."""
    plain = data.model_dump()
    decision = services.add(
        snapshot_id=shown_snapshot(article_id).pk,
        actor=request.auth,
        kind=data.kind,
        finding={"data": plain["data"], "spans": plain["spans"]},
        event=data.event,
    )
    return Status(201, to_decision(decision))


@router.get("/artifacts/{artifact_id}", response=schemas.Artifact, operation_id="artifacts_read", summary="Read an artifact")
def read(request: HttpRequest, artifact_id: Path[schemas.Id]) -> schemas.Artifact:
    """One artifact as it stands, be it rejected or of a run that no longer holds."""
    item, snapshot = effective_artifact(artifact_id)
    return to_artifact(item, snapshot, text_of(snapshot.pk) or "")


@router.post(
    "/artifacts/{artifact_id}/decisions",
    response={201: schemas.Decision},
    operation_id="decisions_create",
    summary="Decide on an artifact",
)
def decide(request: HttpRequest, artifact_id: Path[schemas.Id], data: schemas.DecisionIn) -> Status:
    """Accept, reject or correct. A verdict holds for the finding: it stays when a later run finds the same again."""
    decision = services.decide(
        artifact_id=artifact_id,
        actor=request.auth,
        verdict=data.verdict,
        correction=data.correction.model_dump() if data.correction else None,
        note=data.note,
        event=data.event,
    )
    return Status(201, to_decision(decision))


@router.post(
    "/decisions/{decision}/withdrawal",
    response={201: schemas.Decision},
    operation_id="decisions_withdraw",
    summary="Withdraw a decision",
)
def withdraw(request: HttpRequest, decision: UUID) -> Status:
    """Take a decision back; what stood before it stands again. Doing it twice is doing it once."""
    return Status(201, to_decision(services.withdraw(decision=decision, actor=request.auth)))


def _check_kind(kind: str | None, items: list[Effective]) -> None:
    """A misspelt kind finds nothing for ever: refuse it. One whose plugin is gone may still have something here."""
    if kind is None or (kind in kinds() and kind != "text") or any(item.found.kind == kind for item in items):
        return
    message = f"{kind!r} is no kind of artifact here; GET /kinds has them"
    raise Problem("invalid", f"kind: {message}", faults=[Fault("kind", "query", message)])


def _wanted(item: Effective, query: schemas.ArtifactQuery) -> bool:
    if item.found.kind == "text" or query.kind not in (None, item.found.kind):
        return False
    if query.verdict in (None, "any"):
        return query.verdict == "any" or item.stands
    return (item.verdict or "undecided") == query.verdict


def _place(item: Effective) -> list[int]:
    """Where an artifact stands in the order of reading. No two share it, and no decision moves what the machine found."""
    if item.row:
        return [-1 if item.row.start is None else item.row.start, item.row.pk, 0]
    start = item.found.spans[0].start if item.found.spans else -1
    return [start, 0, item.decision.pk if item.decision else 0]
