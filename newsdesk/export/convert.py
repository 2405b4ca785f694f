"""From an article to the record that exporters write."""

from newsdesk.corpus.models import Snapshot
from newsdesk.processing.queries import current_runs
from newsdesk.review.queries import Effective, effective
from newsdesk.sdk import Finding, Record, body


def to_record(snapshot: Snapshot, *, reviewed_only: bool = False) -> Record:
    """The article as it stands: rejected findings left out; those that nobody decided on too, if asked."""
    items = [item for item in effective(snapshot) if item.stands and (not reviewed_only or _decided(item))]
    text = next((item.found.data["text"] for item in items if item.found.kind == "text"), "")
    findings = tuple(_finding(item) for item in items if item.found.kind != "text")
    return Record(
        document={
            "name": snapshot.name or snapshot.article.address,
            "media_type": snapshot.media_type,
            "sha256": snapshot.content_id,
            "url": snapshot.article.url,
            "encoding": snapshot.encoding,
            "warnings": snapshot.warnings,
            "article": snapshot.article_id,
            "snapshot": snapshot.pk,
            "source": snapshot.article.source.slug,
            "received_at": snapshot.received_at.isoformat(),
        },
        text=text,
        body=body(text, [item.found for item in items]),
        findings=findings,
        runs=tuple(
            {
                "processor": run.processor,
                "version": run.version,
                "outcome": run.outcome,
                "seconds": run.seconds,
                "error": run.error or None,
            }
            for run in current_runs(snapshot.pk)
        ),
    )


def _decided(item: Effective) -> bool:
    return item.decision is not None or not item.reviewed


def _finding(item: Effective) -> Finding:
    decision = item.decision
    return Finding(
        item.found,
        item.row.run.processor if item.row else "editor",
        item.row.run.version if item.row else "",
        verdict=decision.verdict if decision else None,
        decided_by=decision.editor.get_username() if decision else None,
        decided_at=decision.decided_at.isoformat() if decision else None,
        needs_look=item.to_resolve,
    )
