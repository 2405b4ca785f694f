"""Between rows and the pipeline's values."""

import re
from typing import Any

from isal import isal_zlib

from newsdesk.corpus.models import Snapshot
from newsdesk.host.registry import kind
from newsdesk.pipeline import Dossier, Findings, Outcome, Plan, Result
from newsdesk.pipeline import Run as Ran
from newsdesk.pipeline.reading import READING
from newsdesk.processing.models import Run, Synopsis
from newsdesk.sdk import BODY_ROLES, Document
from newsdesk.sdk.processor import options

MAX_TITLE = 500
_PARAGRAPH = re.compile(rb'\[\{"role":"([a-z-]+)"\},\[\[([0-9]+),([0-9]+),"block"\]\],')


def to_document(snapshot: Snapshot, content: bytes) -> Document:
    """The document that processors get for a snapshot."""
    document = Document(
        name=snapshot.name or snapshot.article.address,
        url=snapshot.article.url,
        media_type=snapshot.media_type,
        content=content,
        charset=snapshot.charset or None,
    )
    vars(document)["sha256"] = snapshot.content_id  # what it would work out again
    return document


def to_run(ran: Ran, snapshot: Snapshot, plan: Plan) -> Run:
    """The row of a run, not yet saved."""
    processor = next(each for each in plan.steps if each.name == ran.processor)
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
        **to_columns(ran.findings),
    )


def to_columns(findings: Findings) -> dict[str, Any]:
    """What a run's row has of its findings."""
    return {
        "compressed": isal_zlib.compress(findings.to_bytes(), 1) if len(findings) else b"",
        "reviewed": sum(findings.count(each) for each in findings.kinds if each != READING and kind(each).reviewed),
    }


def to_ran(run: Run) -> Ran:
    """A stored run with what it found, as the pipeline knows it."""
    error, cause = run.error or None, run.cause or None
    outcome = Outcome(run.outcome)
    return Ran(run.processor, run.version, outcome, run.fingerprint, run.findings, run.seconds, error, cause)


def to_synopsis(result: Result, snapshot: Snapshot) -> Synopsis:
    """What lists show of this result."""
    dossier = result.dossier
    stretches = _paragraphs(dossier, BODY_ROLES)
    return Synopsis(
        article_id=snapshot.article_id,
        snapshot=snapshot,
        title=(_headline(dossier) or (stretches[0].partition("\n")[0] if stretches else dossier.document.name))[:MAX_TITLE],
        words=sum(len(each.split()) for each in stretches),
        quotes=dossier.count("quote"),
        boilerplate=dossier.count("boilerplate"),
    )


def _headline(dossier: Dossier) -> str:
    """The surest headline of those that were read, or the paragraph that is one."""
    headlines = [entry for entry in dossier.entries("metadata") if entry[0]["name"] == "headline"]
    if headlines:
        return str(max(headlines, key=lambda entry: entry[2] or 0)[0]["value"])
    return next(iter(_paragraphs(dossier, {"headline"})), "")


def _paragraphs(dossier: Dossier, roles: frozenset[str] | set[str]) -> list[str]:
    """The words of the paragraphs that have one of these roles, in the order of the text."""
    text = dossier.text or ""
    return [text[start:end] for start, end in sorted(_places(dossier, roles))]


def _places(dossier: Dossier, roles: frozenset[str] | set[str]) -> list[tuple[int, int]]:
    """Where they stand. Written as most are, they are read off the bytes: of hundreds, no object is made."""
    found = [each for segment in dossier.segments("paragraph") for each in _PARAGRAPH.findall(segment)]
    if len(found) == dossier.count("paragraph"):
        wanted = {role.encode() for role in roles}
        return [(int(start), int(end)) for role, start, end in found if role in wanted]
    return [(spans[0][0], spans[0][1]) for data, spans, _ in dossier.entries("paragraph") if data["role"] in roles]
