"""What a version or option that does not hold would find in stored snapshots. Computed as processing does; nothing is stored.

Results that stand are used where nothing of theirs changes, as processing keeps them. Those of the processor in question
are not: it is called even where its fingerprint says that nothing changed, or a change without a new version number
would never show.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsdesk.corpus.models import Snapshot
from newsdesk.corpus.queries import contents
from newsdesk.host.registry import plan_with
from newsdesk.pipeline import Outcome, Plan, run
from newsdesk.pipeline import Run as Ran
from newsdesk.pipeline.run import Call
from newsdesk.processing.convert import to_document, to_ran
from newsdesk.processing.models import Run
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import NewsdeskError, Processor, Transient


class PluginsNotStarted(NewsdeskError):
    """The plugins' process does not start, or a processor says that it cannot work now, which is no document's fault."""


@dataclass(frozen=True)
class Candidate:
    """A processor as it would be, the plan with it, and the processors that its results reach, itself among them."""

    processor: Processor
    plan: Plan
    compared: tuple[Processor, ...]


@dataclass(frozen=True)
class Side:
    """What was found in a snapshot: its text, empty if none, and the compared processors' runs by name."""

    text: str
    runs: Mapping[str, Ran]

    def found(self, kinds: Iterable[str]) -> tuple[Found, ...]:
        """What the compared processors found of these kinds, in the order of the plan."""
        return tuple(each for ran in self.runs.values() for each in ran.artifacts if each.kind in kinds)

    @property
    def broken(self) -> list[Ran]:
        """The runs that failed, or were blocked by one that did."""
        return [ran for ran in self.runs.values() if ran.outcome in (Outcome.FAILED, Outcome.BLOCKED)]


@dataclass(frozen=True)
class Rehearsal:
    """A snapshot with what stands for it, and what the candidate finds in it."""

    snapshot: Snapshot
    before: Side
    after: Side


def candidate(processor: str, options: Mapping[str, Any]) -> Candidate:
    """The processor with these options over its present ones. Raises PlanError or OptionError."""
    plan = plan_with(processor, options)
    chosen = next(each for each in plan.processors if each.name == processor)
    return Candidate(chosen, plan, (chosen, *plan.dependents(processor)))


def rehearse(snapshot_ids: Iterable[int], candidate: Candidate, call: Call | None = None) -> Iterator[Rehearsal]:
    """Run the candidate over these snapshots, in this order; a fixed number of queries for all of them.

    What a processor does ends in its run, as always. Raises PluginsNotStarted.
    """
    wanted = list(snapshot_ids)
    snapshots = Snapshot.objects.select_related("article__synopsis").in_bulk(wanted)
    bytes_of = contents(snapshots.values())
    standing: dict[int, list[Ran]] = {number: [] for number in wanted}
    for row in Run.objects.with_findings().filter(snapshot__in=wanted, current=True).order_by("pk"):
        standing[row.snapshot_id].append(to_ran(row))
    for number in wanted:
        snapshot = snapshots[number]
        yield _rehearsal(snapshot, bytes_of[snapshot.content_id].data, standing[number], candidate, call)


def _rehearsal(snapshot: Snapshot, content: bytes, standing: list[Ran], candidate: Candidate, call: Call | None) -> Rehearsal:
    name = candidate.processor.name
    known = {ran.fingerprint: ran.findings for ran in standing if ran.outcome == Outcome.DONE and ran.processor != name}
    result = run(candidate.plan, to_document(snapshot, content), known, call)
    for ran in result.runs:
        if ran.cause in ("start", Transient.cause):
            raise PluginsNotStarted(ran.error)
    return Rehearsal(snapshot, _side(standing, candidate), _side(result.runs, candidate))


def _side(runs: Iterable[Ran], candidate: Candidate) -> Side:
    by_name = {ran.processor: ran for ran in runs}
    texts = (str(data["text"]) for ran in by_name.values() for data, *_ in ran.findings.entries("text"))
    compared = {each.name: by_name[each.name] for each in candidate.compared if each.name in by_name}
    return Side(next(texts, ""), compared)
