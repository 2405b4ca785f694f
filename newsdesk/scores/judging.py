"""Which decisions count, and for which version of which processor. `README.md` has the rules in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsdesk.corpus.models import Article
from newsdesk.host import registry as host
from newsdesk.processing.artifacts import MAX_PLACES
from newsdesk.processing.models import Run
from newsdesk.review.models import Decision
from newsdesk.scores.models import Judgement, Verdict
from newsdesk.scores.statistics import tenth

_VERDICTS = {
    Decision.Verdict.ACCEPT: Verdict.ACCEPTED,
    Decision.Verdict.CORRECT: Verdict.CORRECTED,
    Decision.Verdict.REJECT: Verdict.REJECTED,
}


@dataclass(frozen=True)
class _Run:
    """What counts of a run."""

    snapshot: int
    processor: str
    version: str
    ended_at: datetime


def judgements(article_ids: Iterable[int]) -> list[Judgement]:
    """The judgements on these articles, not yet saved, in a fixed number of queries."""
    articles = list(article_ids)
    decisions = _standing(articles)
    sources = dict(Article.objects.filter(pk__in=articles).values_list("pk", "source__slug"))
    numbers = {each["artifact_id"] // MAX_PLACES for each in decisions if each["artifact_id"]}
    found_by = _runs(Run.objects.filter(pk__in=numbers))
    made = [*_on_findings(decisions, found_by), *_on_misses(decisions)]
    return [_judgement(decision, run, sources) for decision, run in made]


def _standing(articles: list[int]) -> list[dict[str, Any]]:
    """Decisions that were not taken back, oldest first; of what the machine said no more than how sure it was."""
    rows = Decision.objects.filter(article__in=articles, withdrawn_by=None).exclude(verdict=Decision.Verdict.WITHDRAW)
    fields = ("pk", "article", "snapshot", "key", "kind", "verdict", "artifact_id", "decided_at", "before__confidence")
    return list(rows.order_by("pk").values(*fields))


def _on_findings(decisions: Iterable[dict[str, Any]], runs: Mapping[int, _Run]) -> list[tuple[dict[str, Any], _Run]]:
    """For each finding and version the newest decision on it."""
    newest: dict[tuple[Any, ...], tuple[dict[str, Any], _Run]] = {}
    for each in decisions:
        run = runs.get(each["artifact_id"] // MAX_PLACES) if each["artifact_id"] else None
        if run is not None and each["verdict"] in _VERDICTS:
            newest[each["article"], each["key"], run.processor, run.version] = each, run
    return list(newest.values())


def _on_misses(decisions: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], _Run]]:
    """For each finding that was added, the runs that held then and give its kind: each of them missed it.

    Of an addition that was moved to another place later the first counts, for that is when it was missed.
    """
    added: dict[tuple[int, str], dict[str, Any]] = {}
    for each in decisions:
        if each["verdict"] == Decision.Verdict.ADD:
            added.setdefault((each["article"], each["key"]), each)
    if not added:
        return
    givers = {name: each.provides for name, each in host.registry().processors.items()}
    done = Run.objects.filter(snapshot__in={each["snapshot"] for each in added.values()}, processor__in=givers, outcome="done")
    runs = list(_runs(done.order_by("pk")).values())
    for each in added.values():
        before = (run for run in runs if run.snapshot == each["snapshot"] and run.ended_at <= each["decided_at"])
        held = {run.processor: run for run in before if each["kind"] in givers[run.processor]}
        for run in held.values():
            yield each, run


def _runs(runs: Any) -> dict[int, _Run]:
    fields = ("pk", "snapshot", "processor", "version", "ended_at")
    return {number: _Run(*rest) for number, *rest in runs.values_list(*fields)}


def _judgement(decision: Mapping[str, Any], run: _Run, sources: Mapping[int, str]) -> Judgement:
    confidence = decision["before__confidence"]
    return Judgement(
        decision_id=decision["pk"],
        article_id=decision["article"],
        processor=run.processor,
        version=run.version,
        kind=decision["kind"],
        source=sources[decision["article"]],
        verdict=_VERDICTS.get(decision["verdict"], Verdict.MISSED),
        confidence=confidence,
        tenth=tenth(confidence),
    )
