"""The order of processors, from what each requires and provides."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from newsdesk.pipeline.kinds import Kinds, digests, without_code
from newsdesk.pipeline.loading import Problem
from newsdesk.pipeline.reading import Reading
from newsdesk.sdk.artifact import canonical_json
from newsdesk.sdk.errors import PlanError
from newsdesk.sdk.kinds import KINDS
from newsdesk.sdk.processor import Processor, options


@dataclass(frozen=True)
class Plan:
    """Processors in an order in which each finds what it requires, those that had to be left out, the kinds there are, and
    the readers."""

    processors: tuple[Processor, ...]
    left_out: tuple[Problem, ...] = ()
    kinds: Kinds = field(default_factory=lambda: KINDS)
    readers: tuple[Reading, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of names, versions, options, declared kinds and readers: whatever changes it may change results."""
        steps: list[object] = [[each.name, each.version, options(each)] for each in self.processors]
        steps += digests(self.kinds, (kind for each in self.processors for kind in each.provides))
        steps += [["reader", each.name, each.version, list(each.format.media_types)] for each in self.readers]
        return hashlib.sha256(canonical_json(steps)).hexdigest()

    @cached_property
    def plain_kinds(self) -> Kinds:
        """The kinds without code of plugins in them."""
        return without_code(self.kinds)

    @property
    def steps(self) -> tuple[Processor, ...]:
        """All that runs: the readers, of which a document meets one at most, and the processors."""
        return (*self.readers, *self.processors)

    def reader(self, media_type: str) -> Reading | None:
        """The reader of a media type; None where processors read it, or nobody does."""
        return next((each for each in self.readers if media_type in each.format.media_types), None)

    def providers(self, kind: str) -> tuple[Processor, ...]:
        """The processors that provide a kind, in the order of the plan."""
        return tuple(each for each in self.processors if kind in each.provides)

    def dependents(self, name: str) -> tuple[Processor, ...]:
        """The processors that see what this one finds, at first hand or through others, in the order of the plan."""
        if any(each.name == name for each in self.readers):
            return self.processors
        found = {kind for each in self.processors if each.name == name for kind in each.provides}
        after: list[Processor] = []
        for each in self.processors:
            if each.name != name and found.intersection(each.requires):
                after.append(each)
                found.update(each.provides)
        return tuple(after)


def make_plan(processors: Iterable[Processor], kinds: Kinds = KINDS, readers: Iterable[Reading] = ()) -> Plan:
    """The plan of as many of these processors as have an order; those at fault are left out, each with the reason."""
    remaining = {each.name: each for each in processors}
    left_out: list[Problem] = []
    while True:
        try:
            return Plan(order(remaining.values()), tuple(left_out), kinds, tuple(readers))
        except PlanError as error:
            left_out.append(Problem(error.processor, str(error)))
            del remaining[error.processor]


def order(processors: Iterable[Processor]) -> tuple[Processor, ...]:
    """The processors, each after those that provide what it requires; names decide where needs do not.

    Raises PlanError with a message and the name of the processor at fault.
    """
    by_name = {each.name: each for each in sorted(processors, key=lambda each: each.name)}
    _check_texts(by_name.values())
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for each in by_name.values():
        sorter.add(each.name, *sorted(_predecessors(each, by_name.values())))  # or sets would choose who is in a cycle
    try:
        sorter.prepare()
    except CycleError as error:
        cycle = " → ".join(error.args[1])
        raise PlanError(f"{error.args[1][0]} needs what needs it: {cycle}; take one of them out", error.args[1][0]) from error
    ordered: list[Processor] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        ordered += [by_name[name] for name in ready]
        sorter.done(*ready)
    return tuple(ordered)


def _predecessors(processor: Processor, among: Iterable[Processor]) -> set[str]:
    found: set[str] = set()
    for kind in (each for each in processor.requires if each != "content"):
        providers = {each.name for each in among if kind in each.provides} - {processor.name}
        if not providers:
            raise PlanError(
                f"{processor.name} requires {kind!r}, which nothing provides; install or enable a provider", processor.name
            )
        found |= providers
    return found


def _check_texts(processors: Iterable[Processor]) -> None:
    """A document has one text: two processors may provide it only for different media types."""
    readers: list[Processor] = []
    for each in processors:
        if "text" not in each.provides:
            continue
        for other in readers:
            mine, theirs = set(getattr(each, "accepts", ())), set(getattr(other, "accepts", ()))
            if not mine or not theirs or mine & theirs:
                raise PlanError(
                    f"{each.name} and {other.name} both provide 'text' for the same media type; disable one", each.name
                )
        readers.append(each)
