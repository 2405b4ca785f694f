"""Measure documents: what a reader would call the article, its quotes, and whether the processing failed."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.models import Q

from newsdesk.corpus.models import Snapshot
from newsdesk.processing.models import Job, Run
from newsdesk.scores.drift import Measured
from newsdesk.scores.models import Measure
from newsdesk.sdk import BODY_ROLES

_FAILED = Q(state__in=[Job.State.FAILED, Job.State.QUARANTINED])
_READ_AT_ONCE = 50


def measured(snapshot_ids: Iterable[int]) -> list[Measure]:
    """What these documents come to now, not yet stored."""
    numbers = sorted(snapshot_ids)
    sources = dict(Snapshot.objects.filter(pk__in=numbers).values_list("pk", "article__source"))
    failed = set(Job.objects.filter(_FAILED, snapshot__in=numbers).values_list("snapshot", flat=True))
    runs = Run.objects.with_findings().filter(snapshot__in=numbers, current=True).exclude(compressed=b"")
    made: dict[int, Measured] = {}
    found: dict[int, list[Any]] = {}
    for run in runs.only("pk", "snapshot", "compressed").order_by("snapshot").iterator(chunk_size=_READ_AT_ONCE):
        for finished in [each for each in found if each != run.snapshot_id]:
            made[finished] = _measured(found.pop(finished))
        found.setdefault(run.snapshot_id, []).append(run.findings)
    made |= {number: _measured(findings) for number, findings in found.items()}
    return [
        Measure(
            snapshot_id=number,
            source_id=sources[number],
            words=made[number].words if number in made else None,
            paragraphs=made[number].paragraphs if number in made else None,
            quotes=made[number].quotes if number in made else None,
            failed=number in failed,
        )
        for number in numbers
    ]


def _measured(findings: Iterable[Any]) -> Measured:
    """What counts of what was found in a document: of text and paragraphs only what a reader would call the article."""
    found = list(findings)
    text = next((str(data["text"]) for each in found for data, *_ in each.entries("text")), None)
    if text is None:
        return Measured(None, None, None, failed=False)
    paragraphs = chain.from_iterable(each.entries("paragraph") for each in found)
    body = [text[spans[0][0] : spans[0][1]] for data, spans, _ in paragraphs if data["role"] in BODY_ROLES]
    words = sum(len(each.split()) for each in body)
    return Measured(words, len(body), sum(each.count("quote") for each in found), failed=False)


def store(documents: Iterable[Measure]) -> None:
    """Store these measures in place of what they were."""
    fields = ["source", "words", "paragraphs", "quotes", "failed"]
    Measure.objects.bulk_create(documents, update_conflicts=True, unique_fields=["snapshot"], update_fields=fields)
