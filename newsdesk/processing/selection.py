"""Documents chosen for bulk work, and what that work would come to: how many, which processors, how long."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import reduce
from operator import or_
from statistics import fmean
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from newsdesk.host.registry import plan
from newsdesk.pipeline import Outcome, Plan
from newsdesk.processing.models import Job, Run
from newsdesk.processing.planning import Planning, planning
from newsdesk.sdk import Processor
from newsdesk.sdk.processor import accepts, options

RECENT = 200
"""So many of its latest runs say how long a processor takes; the latest of all might be of one processor alone."""


@dataclass(frozen=True)
class Selection:
    """Documents that have ended, by what is said of them; what is not said does not matter.

    `processor` is to run afresh on them, its stored result or not, and `version` is the one whose result stands now.
    Without a processor everything whose inputs are unchanged is kept. `source` is a short name, `words` stand in title or
    address. Documents in quarantine are chosen only by their state, for that releases them.
    """

    processor: str = ""
    version: str = ""
    source: str = ""
    state: str = ""
    words: str = ""
    articles: tuple[int, ...] = ()

    def clean(self) -> None:
        """Raise ValidationError, by field, if this can choose nothing."""
        wrong: dict[str, str] = {}
        names = [each.name for each in plan().steps]
        if self.processor and self.processor not in names:
            wrong["processor"] = _("%(name)s is not among the processors that are on: %(names)s.") % {
                "name": self.processor,
                "names": ", ".join(names) or "–",
            }
        if self.version and not self.processor:
            wrong["version"] = _("A version is one of a processor; name the processor too.")
        if self.state and self.state not in Job.TERMINAL:
            wrong["state"] = _("%(state)s is no state in which the work has ended; choose one of %(states)s.") % {
                "state": self.state,
                "states": ", ".join(Job.TERMINAL),
            }
        if any(not 0 < number < 2**63 for number in self.articles):
            wrong["articles"] = _("Articles have positive numbers of 64 bits.")
        if wrong:
            raise ValidationError(wrong)

    def plain(self) -> dict[str, Any]:
        """What is said, as plain values."""
        return {name: list(value) if name == "articles" else value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Forecast:
    """What bulk work would come to. `seconds` of computing is at most so much, or None where past runs
    do not say it of each processor.

    `calls` counts the documents for each processor that would run, and `also` for those that would beside the one that was
    named and what depends on it, because they have no result; `kinds` are what all these find.
    """

    documents: int
    articles: int
    calls: Mapping[str, int]
    also: Mapping[str, int]
    kinds: tuple[str, ...]
    seconds: float | None


def chosen(selection: Selection) -> QuerySet[Job]:
    """The jobs of the documents that a selection means."""
    jobs = Job.objects.filter(state=selection.state) if selection.state else _ended()
    if selection.processor:
        runs = Run.objects.filter(snapshot=OuterRef("snapshot"), processor=selection.processor, current=True)
        runs = runs.filter(version=selection.version) if selection.version else runs
        jobs = jobs.filter(Exists(runs.exclude(outcome=Outcome.SKIPPED)))
    if selection.source:
        jobs = jobs.filter(snapshot__article__source__slug=selection.source)
    if selection.words:
        jobs = jobs.filter(
            Q(snapshot__article__address__icontains=selection.words)
            | Q(snapshot__article__synopsis__title__icontains=selection.words)
        )
    return jobs.filter(snapshot__article__in=selection.articles) if selection.articles else jobs


def forecast(selection: Selection) -> Forecast:
    """What reprocessing a selection would come to; nothing is changed. Raises ValidationError."""
    selection.clean()
    counts = chosen(selection).aggregate(documents=Count("pk"), articles=Count("snapshot__article", distinct=True))
    made = planning()
    now, calls, also = made.general, _unfinished(selection, made), {}
    if selection.processor:
        affected = (selection.processor, *(each.name for each in now.dependents(selection.processor)))
        also = {name: count for name, count in calls.items() if name not in affected}
        calls = dict.fromkeys(affected, counts["documents"])
    everything = {**calls, **also}
    kinds = {kind for each in now.processors if everything.get(each.name) for kind in each.provides}
    return Forecast(**counts, calls=calls, also=also, kinds=tuple(sorted(kinds)), seconds=computing(everything))


def duration(processor: str) -> float | None:
    """How many seconds a processor took lately, on average; None if it never came to a result."""
    done = Run.objects.filter(processor=processor, outcome=Outcome.DONE).order_by("-pk")
    seconds = list(done.values_list("seconds", flat=True)[:RECENT])
    return fmean(seconds) if seconds else None


def _ended() -> QuerySet[Job]:
    return Job.objects.filter(state__in=[Job.State.DONE, Job.State.FAILED])


def _unfinished(selection: Selection, made: Planning) -> dict[str, int]:
    """On how many of the selected documents each processor would run, for what has its result is kept.

    That is where it has none by its present version and options, or where one has none whose findings it sees.
    """
    jobs, calls = chosen(selection), Counter[str]()
    for number, its in made.own.items():
        calls.update(_calls(jobs.filter(source=number), its))
    calls.update(_calls(jobs.exclude(source__in=made.own) if made.own else jobs, made.general))
    return dict(calls)


def _calls(jobs: QuerySet[Job], now: Plan) -> dict[str, int]:
    """The same for documents that one plan is for."""
    jobs = jobs.exclude(state=Job.State.DONE, plan=now.digest)
    media_types = set(jobs.order_by().values_list("snapshot__media_type", flat=True).distinct())
    read_by = {
        each.name: Q(snapshot__media_type__in=[one for one in media_types if accepts(each, one) or now.reader(one)])
        for each in now.processors
    }
    calls = {}
    for each in now.processors:
        seen = (other for other in now.processors if each.name in (after.name for after in now.dependents(other.name)))
        due = reduce(or_, (_without_result(one) & read_by[one.name] for one in (each, *seen)))
        calls[each.name] = jobs.filter(due, read_by[each.name]).count()
    return {name: count for name, count in calls.items() if count}


def _without_result(processor: Processor) -> Q:
    """Of jobs: those on which the processor as it is now has not come to a result."""
    runs = Run.objects.filter(
        snapshot=OuterRef("snapshot"),
        processor=processor.name,
        version=processor.version,
        options=options(processor),
        current=True,
        outcome__in=[Outcome.DONE, Outcome.SKIPPED],
    )
    return Q(~Exists(runs))


def computing(calls: Mapping[str, int]) -> float | None:
    """How many seconds so many calls of each processor take, by its latest runs; None where these do not say it of each."""
    total = 0.0
    for processor, count in calls.items():
        mean = duration(processor)
        if mean is None:
            return None
        total += count * mean
    return total
