"""Measure documents, and look whether their sources are still what they used to be."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.models import Q

from newsdesk.corpus.models import Snapshot
from newsdesk.processing.models import Job, Run
from newsdesk.scores.drift import RECENT, USUAL, Measured, departures
from newsdesk.scores.models import Drift, Measure
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
    """Store these measures in place of what they were, and look at their sources."""
    rows = list(documents)
    fields = ["source", "words", "paragraphs", "quotes", "failed"]
    Measure.objects.bulk_create(rows, update_conflicts=True, unique_fields=["snapshot"], update_fields=fields)
    for source in sorted({row.source_id for row in rows}):
        look(source)


def look(source: int) -> None:
    """See which measures of a source are out of their bands, and keep that.

    While one is out, what was usual before stays the measure of it, and the alarm ends when the documents are again what they
    were. After so many documents as make a habit, the new is usual, and it ends too.
    """
    latest = list(Measure.objects.filter(source=source).order_by("-snapshot")[: 2 * USUAL + RECENT])[::-1]
    plain = [Measured(each.words, each.paragraphs, each.quotes, each.failed) for each in latest]
    before = {each.measure: each for each in Drift.objects.filter(source=source)}
    begun = max(0, len(latest) - RECENT)
    starts = {
        measure: next((at for at, each in enumerate(latest) if each.pk >= row.since_id), begun)
        for measure, row in before.items()
    }
    out = {}
    for start in {begun, *starts.values()}:
        if len(latest) - start > USUAL:
            continue
        for each in departures(plain[max(0, start - USUAL) : start], plain[begun:]):
            if starts.get(each.measure, begun) == start:
                out[each.measure] = Drift(
                    source_id=source,
                    measure=each.measure,
                    usual=each.usual,
                    low=each.low,
                    high=each.high,
                    now=each.now,
                    since_id=latest[start].pk,
                )
    Drift.objects.filter(source=source).exclude(measure__in=out).delete()
    fields = ["usual", "low", "high", "now", "since"]
    Drift.objects.bulk_create(out.values(), update_conflicts=True, unique_fields=["source", "measure"], update_fields=fields)
