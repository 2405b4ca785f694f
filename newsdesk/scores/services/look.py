"""Look whether the documents of a source are still what they used to be, and keep it if they are not.

Looking is derived from stored measures, and may be done again at any time. Whoever dies before it leaves it to the next
document of the source.
"""

from collections.abc import Sequence

from django.db import transaction

from newsdesk.scores.drift import RECENT, USUAL, Departure, Measured, departures
from newsdesk.scores.models import Drift, Measure


def look(source: int) -> None:
    """See which measures of a source are out of their bands, and keep that.

    While one is out, what was usual before it stays what it is held against, and it ends when the documents are again what
    they were. After so many documents as make a habit the new is usual, and it ends too.
    """
    since = dict(Drift.objects.filter(source=source).values_list("measure", "since"))
    wanted = 2 * USUAL + RECENT if since else USUAL + RECENT
    rows = Measure.objects.filter(source=source).order_by("-snapshot")
    latest = list(rows.values_list("snapshot", "words", "paragraphs", "quotes", "failed")[:wanted])[::-1]
    numbers, documents = [row[0] for row in latest], [Measured(*row[1:]) for row in latest]
    begun = max(0, len(latest) - RECENT)
    starts = {
        measure: next((at for at, each in enumerate(numbers) if each >= first), begun) for measure, first in since.items()
    }
    found = {start: _since(start, begun, documents) for start in {begun, *starts.values()}}
    out = [
        (numbers[start], each) for start, those in found.items() for each in those if starts.get(each.measure, begun) == start
    ]
    if out or since:
        _keep(source, out)


def _since(start: int, begun: int, documents: Sequence[Measured]) -> list[Departure]:
    """What is out of the band of the documents before this one, unless it has been so for long enough to be usual."""
    if len(documents) - start > USUAL:
        return []
    return departures(documents[max(0, start - USUAL) : start], documents[begun:])


def _keep(source: int, out: Sequence[tuple[int, Departure]]) -> None:
    rows = [
        Drift(
            source_id=source,
            measure=each.measure,
            usual=each.usual,
            low=each.low,
            high=each.high,
            now=each.now,
            since_id=first,
        )
        for first, each in sorted(out, key=lambda each: each[1].measure)  # in one order, so that no two wait for each other
    ]
    fields = ["usual", "low", "high", "now", "since"]
    with transaction.atomic():
        Drift.objects.filter(source=source).exclude(measure__in=[row.measure for row in rows]).delete()
        Drift.objects.bulk_create(rows, update_conflicts=True, unique_fields=["source", "measure"], update_fields=fields)
