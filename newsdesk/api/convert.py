"""From what services and queries give to what the contract says."""

from typing import Any

from newsdesk.api import schemas
from newsdesk.review.queries import Effective, Reading

_STATES = {"done": "processed"}
"""A job's states, where clients have another word for them."""

JOB_STATES = {_STATES.get(state, state): state for state in ("queued", "running", "done", "failed", "quarantined")}


def state_of(snapshot: Any) -> str:
    """How far a snapshot's processing is."""
    job = getattr(snapshot, "job", None)
    return _state(job.state if job else None)


def _state(job_state: str | None) -> str:
    return _STATES.get(job_state, job_state) if job_state else "queued"


def to_submission(made: Any) -> schemas.Submission:
    """What became of a document."""
    return schemas.Submission(
        id=made.snapshot.pk,
        article=made.snapshot.article_id,
        sha256=made.snapshot.content_id,
        state=_state(made.job.state),
        duplicate=not made.created,
        received_at=made.snapshot.received_at,
    )


def to_snapshot(snapshot: Any, runs: Any) -> schemas.Snapshot:
    """A snapshot and the runs that hold for it."""
    job = getattr(snapshot, "job", None)
    return schemas.Snapshot(
        id=snapshot.pk,
        article=snapshot.article_id,
        state=state_of(snapshot),
        sha256=snapshot.content_id,
        media_type=snapshot.media_type,
        encoding=snapshot.encoding,
        warnings=snapshot.warnings,
        name=snapshot.name,
        received_at=snapshot.received_at,
        finished_at=job.finished_at if job else None,
        runs=[to_run(run) for run in runs],
    )


def to_run(run: Any) -> schemas.Run:
    """A run."""
    return schemas.Run(
        id=run.pk,
        snapshot=run.snapshot_id,
        processor=run.processor,
        version=run.version,
        options=run.options,
        outcome=run.outcome,
        seconds=run.seconds,
        error=run.error or None,
        cause=run.cause or None,
        current=run.current,
        ended_at=run.ended_at,
    )


def to_summary(article: Any) -> schemas.ArticleSummary:
    """An article of `processing.queries.articles`."""
    synopsis = getattr(article, "synopsis", None)
    counts = synopsis and schemas.Counts(words=synopsis.words, quotes=synopsis.quotes, boilerplate=synopsis.boilerplate)
    return schemas.ArticleSummary(
        id=article.pk,
        title=synopsis.title if synopsis else None,
        source=article.source.slug,
        url=article.url,
        state=_state(article.state),
        snapshot=article.newest,
        counts=counts,
        received_at=article.created_at,
    )


def to_article(read: Reading, article: Any, snapshots: list[int]) -> schemas.Article:
    """An article as a reader gets it; `article` is of `processing.queries.articles`."""
    standing = [item for item in read.items if item.stands and item.found.kind != "text"]
    kinds = [item.found.kind for item in standing]
    return schemas.Article(
        id=article.pk,
        title=read.title,
        source=article.source.slug,
        url=article.url,
        state=_state(article.state),
        snapshot=read.snapshot.pk,
        snapshots=snapshots,
        text=read.text,
        body=read.body,
        counts={kind: kinds.count(kind) for kind in sorted(set(kinds))},
        undecided=sum(item.decision is None and item.reviewed for item in standing),
        received_at=article.created_at,
    )


def to_artifact(item: Effective, snapshot: Any, text: str) -> schemas.Artifact:
    """An artifact as it stands."""
    found, row, decision = item.found, item.row, item.decision
    return schemas.Artifact(
        id=row.pk if row else None,
        article=snapshot.article_id,
        snapshot=snapshot.pk,
        kind=found.kind,
        data=dict(found.data),
        spans=_spans(item, text),
        confidence=found.confidence,
        processor=row.run.processor if row else "editor",
        version=row.run.version if row else "",
        current=_is_current(item),
        stands=item.stands and _is_current(item),
        verdict=item.verdict,
        status=str(item.outcome.status) if item.outcome else None,
        moved=item.outcome is not None and item.outcome.moved,
        decision=_brief(decision) if decision else None,
    )


def _is_current(item: Effective) -> bool:
    return item.row.run.current if item.row else not item.orphan


def _spans(item: Effective, text: str) -> list[schemas.Span]:
    """Spans with their words; those of an orphan are no longer in the text, and come from its decision."""
    if item.orphan and item.decision:
        words = [anchor["exact"] for anchor in item.decision.anchors]
    else:
        words = [span.of(text) if _is_current(item) else None for span in item.found.spans]
    return [
        schemas.Span(start=span.start, end=span.end, role=span.role, text=word)
        for span, word in zip(item.found.spans, words, strict=True)
    ]


def _brief(decision: Any) -> schemas.DecisionBrief:
    return schemas.DecisionBrief(
        uuid=decision.uuid,
        verdict=decision.verdict,
        editor=decision.editor.get_username(),
        via=decision.via,
        note=decision.note,
        decided_at=decision.decided_at,
    )


def to_decision(decision: Any) -> schemas.Decision:
    """A decision, whole."""
    withdrawn_by = getattr(decision, "withdrawn_by", None)
    return schemas.Decision(
        uuid=decision.uuid,
        article=decision.article_id,
        snapshot=decision.snapshot_id,
        artifact=decision.artifact_id,
        kind=decision.kind,
        verdict=decision.verdict,
        before=decision.before,
        after=decision.after,
        note=decision.note,
        editor=decision.editor.get_username(),
        via=decision.via,
        withdraws=decision.withdraws.uuid if decision.withdraws else None,
        withdrawn_by=withdrawn_by.uuid if withdrawn_by else None,
        decided_at=decision.decided_at,
    )


def to_export(export: Any) -> schemas.Export:
    """An export."""
    return schemas.Export(
        id=export.pk,
        exporter=export.exporter,
        version=export.version,
        reviewed_only=export.reviewed_only,
        articles=export.articles,
        size=export.size,
        sha256=export.sha256,
        name=export.file,
        created_by=export.created_by.get_username() if export.created_by else None,
        created_at=export.created_at,
    )
