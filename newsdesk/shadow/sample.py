"""Which articles a shadow run goes over: by ranges of their numbers, so that the archive's size does not matter."""

from collections.abc import Iterable

from django.db.models import QuerySet

from newsdesk.corpus.models import Article, Source
from newsdesk.processing.models import Synopsis
from newsdesk.review.models import Decision
from newsdesk.shadow.models import ShadowRun

Which = ShadowRun.Which
DECISIONS_AT_ONCE = 500


def sample(which: str, count: int, source: Source | None = None) -> list[int]:
    """The newest processed snapshots of at most so many articles: the same ones again while nothing new comes in."""
    if which == Which.DECIDED:
        return _decided(count, source)
    processed = _processed(source)
    return _spread(processed, count) if which == Which.SPREAD else _newest(processed, count)


def _processed(source: Source | None) -> QuerySet[Article]:
    """Asked of articles, whose index on sources is in the order of their numbers, and not of their synopses."""
    processed = Article.objects.filter(synopsis__isnull=False)
    return processed.filter(source=source) if source else processed


def _newest(processed: QuerySet[Article], count: int) -> list[int]:
    return list(processed.order_by("-pk").values_list("synopsis__snapshot", flat=True)[:count])


def _spread(processed: QuerySet[Article], count: int) -> list[int]:
    """At evenly spaced numbers between the oldest and the newest, the next article that there is."""
    ends = [processed.order_by(order).values_list("pk", flat=True).first() for order in ("pk", "-pk")]
    if None in ends or count < 2 or ends[1] - ends[0] < count:
        return _newest(processed, count)
    chosen: list[int] = []
    last = ends[0] - 1
    for number in range(count):
        point = ends[0] + number * (ends[1] - ends[0]) // (count - 1)
        point = max(point, last + 1)
        rows = processed.filter(pk__gte=point, synopsis__pk__gte=point)  # twice, or PostgreSQL reads synopses from the first
        if (found := rows.order_by("pk").values_list("pk", "synopsis__snapshot").first()) is None:
            break
        last = found[0]
        chosen.append(found[1])
    return chosen


def _decided(count: int, source: Source | None) -> list[int]:
    """Newest first, from one article's decisions to those of the next older one; decisions taken back do not count."""
    standing = Decision.objects.exclude(verdict=Decision.Verdict.WITHDRAW).filter(withdrawn_by=None)
    standing = standing.filter(article__source=source) if source else standing
    articles: dict[int, None] = {}
    rows = standing
    while len(articles) < count:
        numbers = list(rows.order_by("-article").values_list("article_id", flat=True)[:DECISIONS_AT_ONCE])
        if not numbers:
            break
        articles |= dict.fromkeys(numbers)
        rows = standing.filter(article__lt=numbers[-1])
    return _snapshots(list(articles)[:count])


def _snapshots(article_ids: Iterable[int]) -> list[int]:
    snapshots = dict(Synopsis.objects.filter(pk__in=article_ids).values_list("pk", "snapshot"))
    return [snapshots[number] for number in article_ids if number in snapshots]
