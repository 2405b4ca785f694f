"""Between rows and the pipeline's values."""

from collections.abc import Iterable

from newsdesk.corpus.models import Snapshot
from newsdesk.pipeline import Outcome, Plan, Result
from newsdesk.pipeline import Run as Ran
from newsdesk.processing.models import Artifact, Run, Synopsis
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Document
from newsdesk.sdk.processor import options

MAX_TITLE = 500


def to_document(snapshot: Snapshot, content: bytes) -> Document:
    """The document that processors get for a snapshot."""
    return Document(
        name=snapshot.name or snapshot.article.address,
        url=snapshot.article.url,
        media_type=snapshot.media_type,
        content=content,
        charset=snapshot.charset or None,
    )


def to_run(ran: Ran, snapshot: Snapshot, plan: Plan) -> Run:
    """The row of a run, not yet saved."""
    processor = next(each for each in plan.processors if each.name == ran.processor)
    return Run(
        snapshot=snapshot,
        processor=ran.processor,
        version=ran.version,
        options=options(processor),
        fingerprint=ran.fingerprint,
        outcome=ran.outcome,
        seconds=ran.seconds,
        error=ran.error or "",
        cause=ran.cause or "",
    )


def to_ran(run: Run) -> Ran:
    """A stored run with its artifacts, as the pipeline knows it."""
    found = tuple(row.found for row in sorted(run.artifacts.all(), key=lambda row: row.pk))
    outcome = Outcome(run.outcome)
    return Ran(run.processor, run.version, outcome, run.fingerprint, found, run.seconds, run.error or None, run.cause or None)


def to_artifacts(found: Iterable[Found], run: Run) -> list[Artifact]:
    """The rows of a run's artifacts, not yet saved."""
    return [
        Artifact(
            run=run,
            kind=each.kind,
            data=each.data,
            spans=[[span.start, span.end, span.role] for span in each.spans],
            confidence=each.confidence,
            digest=each.digest,
            start=each.spans[0].start if each.spans else None,
        )
        for each in found
    ]


def to_synopsis(result: Result, snapshot: Snapshot) -> Synopsis:
    """What lists show of this result."""
    document = result.document
    body = document.body if document.has_text else ""
    return Synopsis(
        article_id=snapshot.article_id,
        snapshot=snapshot,
        title=_title(document, body)[:MAX_TITLE],
        words=len(body.split()),
        quotes=len(document.of_kind("quote")),
        boilerplate=len(document.of_kind("boilerplate")),
    )


def _title(document: Document, body: str) -> str:
    """The headline, or the next best thing that tells articles apart."""
    headlines = [each for each in document.of_kind("metadata") if each.data["name"] == "headline"]
    if headlines:
        return str(max(headlines, key=lambda each: each.confidence or 0).data["value"])
    for paragraph in document.of_kind("paragraph"):
        if paragraph.data["role"] == "headline":
            return paragraph.spans[0].of(document.text)
    return body.partition("\n")[0] or document.name
