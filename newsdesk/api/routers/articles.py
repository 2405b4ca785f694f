"""Find and read articles, their runs and decisions, and process them again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router, Status

from newsdesk.api import schemas
from newsdesk.api.convert import JOB_STATES, state_of, to_article, to_decision, to_run, to_summary
from newsdesk.api.paging import PageQuery, page_of_rows
from newsdesk.processing import queries
from newsdesk.review.queries import history, newest_snapshot, reading
from newsdesk.worker import enqueue

router = Router(tags=["Articles"])


@router.get("/articles", response=schemas.Articles, operation_id="articles_list", summary="List articles")
def list_articles(request: HttpRequest, query: Query[schemas.ArticleQuery]) -> dict[str, Any]:
    """Articles, newest first."""
    state = JOB_STATES[query.state] if query.state else ""
    rows = queries.articles(source=query.source or "", state=state, words=query.q or "")
    return page_of_rows(request, rows, query, to_summary)


@router.get("/articles/{article_id}", response=schemas.Article, operation_id="articles_read", summary="Read an article")
def read(request: HttpRequest, article_id: Path[schemas.Id]) -> schemas.Article:
    """Title, text and body, with all decisions laid over."""
    article = queries.articles().get(pk=article_id)
    snapshots = queries.snapshot_ids(article_id)
    return to_article(reading(shown_snapshot(article_id)), article, snapshots)


@router.get("/articles/{article_id}/runs", response=schemas.Runs, operation_id="runs_list", summary="List an article's runs")
def list_runs(request: HttpRequest, article_id: Path[schemas.Id], query: Query[schemas.RunQuery]) -> dict[str, Any]:
    """What each processor did with each of the article's snapshots, newest first."""
    shown_snapshot(article_id)
    rows = queries.runs_of(article_id)
    rows = rows if query.current is None else rows.filter(current=query.current)
    return page_of_rows(request, rows, query, to_run)


@router.get(
    "/articles/{article_id}/decisions",
    response=schemas.Decisions,
    operation_id="decisions_list",
    summary="List an article's decisions",
)
def list_decisions(request: HttpRequest, article_id: Path[schemas.Id], query: Query[PageQuery]) -> dict[str, Any]:
    """All that was decided, newest first; what was withdrawn stays in the list, with its withdrawal."""
    shown_snapshot(article_id)
    return page_of_rows(request, history(article_id), query, to_decision)


@router.post(
    "/articles/{article_id}/reprocess",
    response={202: schemas.Reprocessing},
    operation_id="articles_reprocess",
    summary="Process an article again",
)
def reprocess(request: HttpRequest, article_id: Path[schemas.Id], response: HttpResponse) -> Status:
    """Queue the newest snapshot again. Results that could not have changed are kept; decisions stay."""
    newest = queries.articles().get(pk=article_id).newest
    queued = enqueue.reprocess(snapshot_ids=[newest], actor=request.auth)
    snapshot = queries.snapshot(newest)
    response["Location"] = f"{request.path.removesuffix(f'/articles/{article_id}/reprocess')}/snapshots/{newest}"
    return Status(202, schemas.Reprocessing(article=article_id, snapshot=newest, state=state_of(snapshot), queued=bool(queued)))


def shown_snapshot(article_id: int) -> Any:
    """The snapshot that readers of an article see, or Http404."""
    snapshot = newest_snapshot(article_id)
    if snapshot is None:
        raise Http404("there is no such article")
    return snapshot
