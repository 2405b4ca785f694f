"""See how versions of processors fare, what their numbers are made of, and which sources drift."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Query, Router

from newsdesk.api import schemas
from newsdesk.api.convert import to_run
from newsdesk.api.paging import PageQuery, page_of_items, page_of_rows
from newsdesk.scores import queries

router = Router(tags=["Scores"])


@router.get("/scores", response=schemas.Scores, operation_id="scores_list", summary="List the scores of processors")
def list_scores(request: HttpRequest, query: Query[schemas.ScoreQuery]) -> dict[str, Any]:
    """How often editors agree with each version, how fast it is, and how often it fails. What just happened is counted a few
    seconds later."""
    found = list(enumerate(queries.versions(**_asked(query))))
    return page_of_items(request, found, query, lambda each: [each[0]], lambda each: _to_score(request.path, each[1]))


@router.get(
    "/scores/judgements",
    response=schemas.Judgements,
    operation_id="scores_judgements",
    summary="List the decisions behind scores",
)
def list_judgements(request: HttpRequest, query: Query[schemas.JudgementQuery]) -> dict[str, Any]:
    """Decisions as they count: for the version whose run found, or missed, what they are about."""
    asked = _asked(query)
    rows = queries.judgements(verdict=asked.pop("judged", ""), **asked)
    return page_of_rows(request, rows.select_related("decision"), query, _to_judgement)


@router.get("/scores/runs", response=schemas.Runs, operation_id="scores_runs", summary="List the runs behind scores")
def list_runs(request: HttpRequest, query: Query[schemas.ScoreRunQuery]) -> dict[str, Any]:
    """Runs that were done or failed, newest first."""
    return page_of_rows(request, queries.runs(**_asked(query)), query, to_run)


@router.get("/drifts", response=schemas.Drifts, operation_id="drifts_list", summary="List sources that drift")
def list_drifts(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    """What is no longer as it used to be: somebody may have changed a page's layout, or a processor reads it differently."""
    return page_of_rows(request, queries.drifts(), query, _to_drift)


def _asked(query: PageQuery) -> dict[str, Any]:
    """What is asked for, less the page."""
    return query.model_dump(exclude={"limit", "cursor"}, exclude_none=True)


def _to_score(path: str, version: queries.Version) -> schemas.Score:
    speed = version.speed
    return schemas.Score(
        processor=speed.processor,
        version=speed.version,
        source=speed.source or None,
        runs=speed.runs,
        failed=speed.failed,
        causes=dict(speed.causes),
        p50_ms=speed.p50_ms,
        p95_ms=speed.p95_ms,
        items=_address(f"{path}/runs", speed),
        kinds=[_to_kind(path, card) for card in version.cards],
    )


def _to_kind(path: str, card: queries.Card) -> schemas.KindScore:
    return schemas.KindScore(
        kind=card.kind,
        decided=card.decided,
        accepted=card.accepted,
        corrected=card.corrected,
        rejected=card.rejected,
        missed=card.missed,
        strict=_to_share(card.strict),
        lenient=_to_share(card.lenient),
        calibration=[schemas.Tenth(low=number / 10, accepted=_to_share(share)) for number, share in card.calibration],
        items=_address(f"{path}/judgements", card, kind=card.kind),
    )


def _to_share(share: Any) -> schemas.Share:
    return schemas.Share(right=share.right, of=share.of, share=share.share, low=share.low, high=share.high)


def _address(path: str, of: Any, **more: str) -> str:
    said = {"processor": of.processor, "version": of.version, **more, "source": of.source}
    return f"{path}?{urlencode({name: value for name, value in said.items() if value})}"


def _to_judgement(row: Any) -> schemas.Judgement:
    return schemas.Judgement(
        decision=row.decision.uuid,
        article=row.article_id,
        artifact=row.decision.artifact_id,
        processor=row.processor,
        version=row.version,
        kind=row.kind,
        source=row.source,
        judged=row.verdict,
        confidence=row.confidence,
        decided_at=row.decision.decided_at,
    )


def _to_drift(row: Any) -> schemas.Drift:
    return schemas.Drift(
        source=row.source.slug,
        measure=row.measure,
        usual=row.usual,
        low=row.low,
        high=row.high,
        now=row.now,
        since=row.since_id,
        since_received_at=row.since.received_at,
    )
