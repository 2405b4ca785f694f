"""Read the scorecards: a few stored counts for each version, whatever the size of the archive, and the items behind them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Max, QuerySet

from newsdesk.processing.models import Run
from newsdesk.scores.models import Drift, Judgement, Pace, Score, Verdict
from newsdesk.scores.statistics import TENTHS, Share, percentile

_RAN = ("done", "failed")
_SOURCES = 200
"""Of so many sources at most, those with most decisions, a processor is broken down."""


@dataclass(frozen=True)
class Card:
    """What editors said of one kind that a version of a processor finds: counts by verdict, and by tenth of confidence."""

    processor: str
    version: str
    kind: str
    source: str
    counts: Mapping[tuple[str, int], int] = field(default_factory=dict)

    def _count(self, verdict: str) -> int:
        return sum(count for (said, _), count in self.counts.items() if said == verdict)

    @cached_property
    def accepted(self) -> int:
        return self._count(Verdict.ACCEPTED)

    @cached_property
    def corrected(self) -> int:
        return self._count(Verdict.CORRECTED)

    @cached_property
    def rejected(self) -> int:
        return self._count(Verdict.REJECTED)

    @cached_property
    def missed(self) -> int:
        return self._count(Verdict.MISSED)

    @property
    def decided(self) -> int:
        """How many of its findings were decided on; what it missed is none of them."""
        return self.accepted + self.corrected + self.rejected

    @property
    def strict(self) -> Share:
        """Precision, if only what was accepted as it was is right."""
        return Share.of_counts(self.accepted, self.decided)

    @property
    def lenient(self) -> Share:
        """Precision, if what was corrected is right too."""
        return Share.of_counts(self.accepted + self.corrected, self.decided)

    @property
    def calibration(self) -> list[tuple[int, Share]]:
        """For each tenth of confidence in which something was decided, how much of it was accepted."""
        tenths = []
        for number in range(TENTHS):
            decided = {said: self.counts.get((said, number), 0) for said in Verdict.values if said != Verdict.MISSED}
            if any(decided.values()):
                tenths.append((number, Share.of_counts(decided[Verdict.ACCEPTED], sum(decided.values()))))
        return tenths


@dataclass(frozen=True)
class Speed:
    """How a version of a processor ran: how often, how often in vain and why, and its times in milliseconds."""

    processor: str
    version: str
    source: str
    runs: int
    failed: int
    causes: Mapping[str, int]
    p50_ms: float | None
    p95_ms: float | None

    @property
    def failures(self) -> Share:
        """How many of its runs failed."""
        return Share.of_counts(self.failed, self.runs)


@dataclass(frozen=True)
class Version:
    """A version of a processor with all that is known of it: a card for each kind that was decided on."""

    speed: Speed
    cards: tuple[Card, ...]


def versions(*, processor: str = "", version: str = "", kind: str = "", source: str = "") -> list[Version]:
    """The scorecards that fit, by processor, and of each the version that ran first comes first. Two queries.

    Without a `source` they count all sources together. While many runs wait to be counted, a version may have decisions and
    no run yet.
    """
    of = {"processor": processor, "version": version}
    chosen = {name: value for name, value in of.items() if value}
    speeds = [_speed(row) for row in Pace.objects.filter(source=source, **chosen).order_by("processor", "first_run")]
    cards = _cards(Score.objects.filter(source=source, **chosen, **({"kind": kind} if kind else {})))
    by_version: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card in cards:
        by_version[card.processor, card.version].append(card)
    made = [Version(each, tuple(by_version.pop((each.processor, each.version), ()))) for each in speeds]
    uncounted = [Version(Speed(*key, source, 0, 0, {}, None, None), tuple(cards)) for key, cards in sorted(by_version.items())]
    both = sorted([*made, *uncounted], key=lambda each: each.speed.processor)
    return [each for each in both if each.cards] if kind else both


def newest(*, source: str = "") -> list[Version]:
    """The scorecard of each processor's version that ran first last. Three queries, which no former version adds to."""
    paces = Pace.objects.filter(source=source)
    latest = paces.order_by().values("processor").annotate(latest=Max("first_run")).values_list("processor", "latest")
    begun = dict(latest)
    rows = paces.filter(processor__in=begun, first_run__in=begun.values()).order_by("processor")
    speeds = [_speed(row) for row in rows if row.first_run == begun[row.processor]]
    known = {(each.processor, each.version) for each in speeds}
    scores = Score.objects.filter(source=source, processor__in=begun, version__in={version for _, version in known})
    cards = [each for each in _cards(scores) if (each.processor, each.version) in known]
    return [
        Version(each, tuple(card for card in cards if (card.processor, card.version) == (each.processor, each.version)))
        for each in speeds
    ]


def by_source(*, processor: str, version: str) -> list[Card]:
    """The cards of one version, source by source, those with most decisions first."""
    cards = _cards(Score.objects.filter(processor=processor, version=version).exclude(source=""))
    return sorted(cards, key=lambda each: (-each.decided - each.missed, each.source, each.kind))[:_SOURCES]


def judgements(
    *,
    processor: str = "",
    version: str = "",
    kind: str = "",
    source: str = "",
    verdict: str = "",
    tenth: int | None = None,
) -> QuerySet[Judgement]:
    """The items behind a number, those counted last first."""
    said = {"processor": processor, "version": version, "kind": kind, "source": source, "verdict": verdict}
    rows = Judgement.objects.filter(**{name: value for name, value in said.items() if value})
    rows = rows if tenth is None else rows.filter(tenth=tenth)
    return rows.order_by("-pk")


def runs(
    *, processor: str = "", version: str = "", source: str = "", outcome: str = "", cause: str | None = None
) -> QuerySet[Run]:
    """The runs behind a number, newest first; what was skipped or blocked did not run and is not among them."""
    rows = Run.objects.filter(outcome=outcome) if outcome else Run.objects.filter(outcome__in=_RAN)
    said = {"processor": processor, "version": version, "snapshot__article__source__slug": source}
    rows = rows.filter(**{name: value for name, value in said.items() if value})
    return (rows if cause is None else rows.filter(cause=cause)).order_by("-pk")


def drifts() -> QuerySet[Drift]:
    """What left its usual band, the newest first."""
    return Drift.objects.select_related("source", "since").order_by("-since", "source", "measure")


def drifting() -> int:
    """How many sources have left a usual band."""
    return Drift.objects.values("source").distinct().count()


def _cards(rows: Iterable[Score]) -> list[Card]:
    counts: dict[tuple[str, str, str, str], Counter[Any]] = defaultdict(Counter)
    for row in rows:
        if row.count:
            counts[row.processor, row.version, row.kind, row.source][row.verdict, row.tenth] += row.count
    return [Card(*key, counted) for key, counted in sorted(counts.items())]


def _speed(row: Pace) -> Speed:
    times = (percentile(row.times, percent) for percent in (50, 95))
    return Speed(row.processor, row.version, row.source, row.runs, row.failed, row.causes, *times)
