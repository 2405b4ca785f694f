"""Count decisions: derive the judgements of the articles on which something new was said, and count the difference."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction

from newsdesk.review.models import Decision
from newsdesk.scores.judging import judgements
from newsdesk.scores.models import Judgement, Score
from newsdesk.scores.services.cursor import PATIENCE, advance, position, settled

AT_ONCE = 200
_SORT = ("source", "processor", "version", "kind", "verdict", "tenth")


def count_decisions(patience: timedelta = PATIENCE) -> int:
    """Count the next decisions, if there are any. Says how many."""
    last = position("decisions")
    rows = Decision.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "decided_at", "article")[:AT_ONCE]
    taken = settled(rows, last, patience)
    if taken:
        with transaction.atomic():
            if advance("decisions", last, taken[-1][0]):
                _judge({article for _, _, article in taken})
    return len(taken)


def _judge(article_ids: Iterable[int]) -> None:
    """Store the judgements on these articles in place of what they were."""
    there = {_all(each): each for each in Judgement.objects.filter(article__in=article_ids)}
    wanted = {_all(each): each for each in judgements(article_ids)}
    gone = [each for key, each in there.items() if key not in wanted]
    new = [each for key, each in wanted.items() if key not in there]
    Judgement.objects.filter(pk__in=[each.pk for each in gone]).delete()
    Judgement.objects.bulk_create(new)
    difference: Counter[tuple[Any, ...]] = Counter()
    for sign, rows in ((-1, gone), (1, new)):
        for each in rows:
            for source in (each.source, ""):
                difference[source, each.processor, each.version, each.kind, each.verdict, each.tenth] += sign
    _add({sort: count for sort, count in difference.items() if count})


def _add(difference: dict[tuple[Any, ...], int]) -> None:
    """Nobody else counts meanwhile: the cursor is held."""
    sources, processors, versions, kinds, *_ = zip(*difference, strict=True) if difference else ((), (), (), ())
    alike = {"source__in": set(sources), "processor__in": set(processors), "version__in": set(versions)}
    rows = Score.objects.filter(**alike, kind__in=set(kinds))
    counts = {tuple(getattr(row, name) for name in _SORT): row.count for row in rows}
    changed = [
        Score(**dict(zip(_SORT, sort, strict=True)), count=counts.get(sort, 0) + by) for sort, by in sorted(difference.items())
    ]
    Score.objects.bulk_create(changed, update_conflicts=True, unique_fields=_SORT, update_fields=["count"])


def _all(each: Judgement) -> tuple[Any, ...]:
    fields = (field.attname for field in Judgement._meta.concrete_fields if not field.primary_key)
    return tuple(getattr(each, name) for name in fields)
