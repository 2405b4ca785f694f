"""Count runs by how they ended and how long they took, and measure the documents that they were over."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from newsdesk.processing.models import Run
from newsdesk.scores.models import Pace
from newsdesk.scores.services.cursor import PATIENCE, advance, position, settled
from newsdesk.scores.services.measure import measured, store
from newsdesk.scores.statistics import step

DONE, FAILED = "done", "failed"
"""How a processor ended that ran. What was skipped or blocked did not run, and is no run of its version."""

AT_ONCE = 1_000
MAX_CAUSES = 50
OTHERS = "…"
"""So many causes are counted by name, so that a plugin that makes up a new one for each document fills no row."""

_KEY = ("source", "processor", "version")
_FIELDS = (
    "pk",
    "ended_at",
    "snapshot",
    "snapshot__article__source__slug",
    "processor",
    "version",
    "outcome",
    "seconds",
    "cause",
)


def count_runs(patience: timedelta = PATIENCE) -> tuple[int, set[int]]:
    """Count the next runs, if there are any, and measure their documents anew. Says how many runs, and of which sources."""
    last = position("runs")
    rows = Run.objects.filter(pk__gt=last).order_by("pk").values_list(*_FIELDS)[:AT_ONCE]
    taken = settled(rows, last, patience)
    documents = measured({row[2] for row in taken})
    if taken:
        counted = _counted(taken)
        with transaction.atomic():
            if advance("runs", last, taken[-1][0]):
                _add(counted)
                store(documents)
    return len(taken), {each.source_id for each in documents}


class _Count:
    """What is to be added to a row."""

    def __init__(self) -> None:
        self.first_run = 0
        self.runs = 0
        self.failed = 0
        self.times: Counter[str] = Counter()
        self.causes: Counter[str] = Counter()

    def add(self, number: int, outcome: str, seconds: float, cause: str) -> None:
        self.first_run = self.first_run or number
        if outcome == DONE:
            self.runs += 1
            self.times[str(step(seconds))] += 1
        elif outcome == FAILED:
            self.runs += 1
            self.failed += 1
            self.causes[cause] += 1


def _counted(rows: Iterable[tuple[Any, ...]]) -> Mapping[tuple[str, str, str], _Count]:
    counted: dict[tuple[str, str, str], _Count] = defaultdict(_Count)
    for number, _, _, source, processor, version, outcome, seconds, cause in rows:
        if outcome in (DONE, FAILED):
            for where in (source, ""):
                counted[where, processor, version].add(number, outcome, seconds, cause)
    return counted


def _add(counted: Mapping[tuple[str, str, str], _Count]) -> None:
    sources, processors, versions = ({key[place] for key in counted} for place in range(3))
    rows = Pace.objects.filter(source__in=sources, processor__in=processors, version__in=versions)
    there = {(row.source, row.processor, row.version): row for row in rows}
    changed = []
    for key, more in sorted(counted.items()):
        row = there.get(key) or Pace(**dict(zip(_KEY, key, strict=True)), first_run=more.first_run)
        row.runs += more.runs
        row.failed += more.failed
        row.times = dict(Counter(row.times) + more.times)
        row.causes = _kept(Counter(row.causes) + more.causes)
        row.pk = None
        changed.append(row)
    fields = ["runs", "failed", "times", "causes"]
    Pace.objects.bulk_create(changed, update_conflicts=True, unique_fields=_KEY, update_fields=fields)


def _kept(causes: Counter[str]) -> dict[str, int]:
    """The most frequent causes by name, the others together."""
    others = causes.pop(OTHERS, 0)
    named = dict(causes.most_common(MAX_CAUSES))
    others += sum(count for cause, count in causes.items() if cause not in named)
    return named | ({OTHERS: others} if others else {})
