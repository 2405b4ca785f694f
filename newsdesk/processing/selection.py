"""Documents chosen for bulk work, and what that work would come to: how many, which processors, how long."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from newsdesk.host.registry import plan
from newsdesk.pipeline import Outcome
from newsdesk.processing.models import Job, Run

RECENT = 2_000
"""So many of the latest runs say how long a processor takes."""


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
        names = [each.name for each in plan().processors]
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
        if wrong:
            raise ValidationError(wrong)

    def plain(self) -> dict[str, Any]:
        """What is said, as plain values."""
        return {name: list(value) if name == "articles" else value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Forecast:
    """What bulk work would come to. `seconds` of computing is at most so much, or None where no past run says.

    `calls` counts the documents for each processor that would run; `kinds` are what these find.
    """

    documents: int
    articles: int
    calls: Mapping[str, int]
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
    now = plan()
    if selection.processor:
        affected = (selection.processor, *(each.name for each in now.dependents(selection.processor)))
        calls = dict.fromkeys(affected, counts["documents"])
    else:
        calls = _unfinished(selection)
    kinds = {kind for each in now.processors if calls.get(each.name) for kind in each.provides}
    return Forecast(**counts, calls=calls, kinds=tuple(sorted(kinds)), seconds=_seconds(calls))


def durations() -> dict[str, float]:
    """How many seconds each processor took lately, on average."""
    took: dict[str, list[float]] = {}
    latest = Run.objects.filter(outcome=Outcome.DONE).order_by("-pk").values_list("processor", "seconds")
    for processor, seconds in latest[:RECENT]:
        took.setdefault(processor, []).append(seconds)
    return {processor: fmean(seconds) for processor, seconds in took.items()}


def _ended() -> QuerySet[Job]:
    return Job.objects.filter(state__in=[Job.State.DONE, Job.State.FAILED])


def _unfinished(selection: Selection) -> dict[str, int]:
    """How often each processor has no result on the selected documents, for what has one is kept."""
    open_runs = Run.objects.filter(current=True, outcome__in=[Outcome.FAILED, Outcome.BLOCKED])
    open_runs = open_runs.filter(snapshot__in=chosen(selection).values("snapshot"))
    return dict(open_runs.order_by().values_list("processor").annotate(Count("pk")))


def _seconds(calls: Mapping[str, int]) -> float | None:
    mean = durations()
    known = [count * mean[processor] for processor, count in calls.items() if processor in mean]
    return sum(known) if known or not calls else None
