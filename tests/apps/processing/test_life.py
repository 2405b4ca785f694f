"""A job's life in any order of events, held to a model: done once for each version, stored by whoever holds the lease alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Now
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from newsdesk.access.policy import Actor
from newsdesk.pipeline import Dossier, Findings, Outcome
from newsdesk.pipeline.run import Call, call_here
from newsdesk.pipeline.runner import ProcessorCrashed
from newsdesk.processing.integrity import breaches
from newsdesk.processing.models import Job, Run
from newsdesk.processing.queries import current_artifacts
from newsdesk.processing.services import hand_out, process, rearm_outdated, reprocess
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Document, Processor, Span
from tests.apps.factories import Lines, submitted

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


class Killed(BaseException):
    """A worker's end at which nothing of it runs any more."""


def killed(processor: Processor, dossier: Dossier) -> Findings:
    """Wait for the plugin in a worker that is killed."""
    if processor.name == "signed":
        raise Killed
    return call_here(processor, dossier)


class Interrupted:
    """Signs what it finds with the worker that had it look, once something has happened meanwhile."""

    name = "signed"
    requires = ("text",)
    provides = ("person",)

    def __init__(self, version: str, moment: Callable[[], str]) -> None:
        self.version, self._moment = version, moment

    def process(self, document: Document) -> list[Found]:
        """Let it happen, then sign."""
        return [Found("person", {"name": self._moment()}, (Span(0, 4),))]


@dataclass
class Model:
    """What must be true of a document: who holds it, and who stored which version."""

    snapshot: int
    job: int
    state: str = "queued"
    expired: bool = False
    crashes: int = 0
    lost: int = 0
    stored: dict[str, str] = field(default_factory=dict)
    ended_under: str = ""

    @property
    def free(self) -> bool:
        return self.state == "queued" or (self.state == "running" and self.expired)

    @property
    def deadly(self) -> bool:
        """Whether the next claim gives it up: five workers let their leases run out over it."""
        return self.free and self.state == "running" and self.lost >= 4

    def take(self) -> None:
        self.lost += self.state == "running"
        self.state, self.expired = "running", False

    def end(self, state: str, version: str) -> None:
        self.state, self.ended_under, self.lost = state, version, 0
        self.crashes = 0 if state in ("done", "failed") else self.crashes

    def requeue(self) -> None:
        self.state, self.crashes, self.lost = "queued", 0, 0


class Life(RuleBasedStateMachine):
    """Workers, the sweep, an operator and a deployment, one after another and in the middle of each other."""

    install: Callable[..., None]
    documents = Bundle("documents")

    def __init__(self) -> None:
        super().__init__()
        self._transaction = transaction.atomic()
        self._transaction.__enter__()
        self.models: list[Model] = []
        self.workers = 0
        self.happens: Callable[[], None] = bool
        self.deploy("1")

    def teardown(self) -> None:
        """Whatever happened: once all leases are over, workers and sweep bring every document to its end."""
        try:
            self.come_to_rest()
        finally:
            transaction.set_rollback(True)
            self._transaction.__exit__(None, None, None)

    @precondition(lambda self: len(self.models) < 3)
    @rule(target=documents)
    def submit(self) -> Model:
        """A document comes in."""
        made = submitted(f"Mara said {len(self.models)}.")
        self.models.append(Model(made.snapshot.pk, made.job.pk))
        return self.models[-1]

    @rule(document=documents, happens=st.sampled_from(["nothing", "crash", "raise", "expire", "take over", "deploy"]))
    def work(self, document: Model, happens: str) -> None:
        """A worker processes a document, and something happens in the middle."""
        free, version, known = document.free, self.version, self.version in document.stored
        if document.deadly:
            self.give_up(document)
            return
        ended = self.let_work(document, self.events()[happens])
        assert dict(ended) == (self.expected(document, version, known, happens) if free else {})

    @rule(document=documents)
    def die(self, document: Model) -> None:
        """A worker dies in the middle, and leaves everything as it is."""
        if not document.free or document.deadly or self.version in document.stored:
            return
        with pytest.raises(Killed):
            self.let_work(document, self.nothing, killed)

    @rule(document=documents, times=st.integers(2, 5))
    def die_again_and_again(self, document: Model, times: int) -> None:
        """Worker after worker dies with it."""
        for _ in range(times):
            self.die(document)
            self.expire_lease(document)

    @rule(document=documents)
    def stop(self, document: Model) -> None:
        """A worker that was asked to stop gives back what it claimed."""
        if document.deadly:
            self.give_up(document)
            return
        document.lost += document.free and document.state == "running"
        process([document.job], stopped=lambda: True)
        document.state = "queued" if document.free else document.state

    @rule(document=documents)
    def time_passes(self, document: Model) -> None:
        """A lease runs out, if there is one."""
        self.expire_lease(document)

    @rule()
    def sweep(self) -> None:
        """The sweep hands out what nobody has, and nothing else."""
        rearm_outdated(10)
        for each in self.models:
            if each.state in Job.TERMINAL and each.ended_under != self.version:
                each.requeue()
        Job.objects.update(nudged_at=None)
        assert set(hand_out(10)) <= {each.job for each in self.models if each.free}

    @rule(document=documents)
    def ask_again(self, document: Model) -> None:
        """An operator has a document processed again."""
        reprocess(snapshot_ids=[document.snapshot], actor=OPERATOR)
        if document.state in Job.TERMINAL:
            document.requeue()

    @rule(version=st.sampled_from("123"))
    def deploy(self, version: str) -> None:
        """Another version is installed."""
        self.version = version
        self.install(Lines(), Interrupted(version, self.moment))

    @invariant()
    def nothing_is_broken(self) -> None:
        """I1 to I4 and I6; each job is as the model has it; each version was stored once, by whom the model says."""
        assert list(breaches()) == []
        states = dict(Job.objects.values_list("pk", "state"))
        assert states == {each.job: each.state for each in self.models}
        done = Run.objects.filter(processor="signed", outcome=Outcome.DONE)
        times = done.values("snapshot", "version").annotate(times=Count("pk")).order_by()
        stored = {(each.snapshot, version) for each in self.models for version in each.stored}
        assert {(each["snapshot"], each["version"]): each["times"] for each in times} == dict.fromkeys(stored, 1)
        for each in self.models:
            for found in (found for found in current_artifacts(each.snapshot) if found.run.processor == "signed"):
                assert found.data["name"] == each.stored[found.run.version]

    # What happens in the middle

    def moment(self) -> str:
        """The worker that is at work signs, after whatever happens has happened, once."""
        name = f"worker {self.workers}"
        happens, self.happens = self.happens, bool
        happens()
        return name

    def events(self) -> dict[str, Callable[[], None]]:
        """By what the rule calls them."""
        return {
            "nothing": self.nothing,
            "crash": self.crash,
            "raise": self.fail,
            "expire": self.expire,
            "take over": self.take_over,
            "deploy": lambda: self.deploy("3"),
        }

    def nothing(self) -> None:
        """All goes well."""

    def crash(self) -> None:
        """The plugin's process dies."""
        raise ProcessorCrashed("signed crashed: SIGSEGV", "SIGSEGV")

    def fail(self) -> None:
        """The plugin raises."""
        raise ValueError("cannot")

    def expire(self) -> None:
        """The worker was frozen for long, and nobody took its work."""
        self.expire_lease(self.at_work)

    def take_over(self) -> None:
        """The worker was frozen for long, and another did its work meanwhile."""
        self.expire_lease(self.at_work)
        version = self.version
        if self.at_work.deadly:
            self.give_up(self.at_work)
            return
        assert dict(self.let_work(self.at_work, self.nothing)) == {"done": 1}
        self.at_work.stored[version] = f"worker {self.workers}"
        self.at_work.end("done", version)

    # The means

    def let_work(self, document: Model, happens: Callable[[], None], call: Call = call_here) -> dict[str, int]:
        """The next worker claims a document and processes it."""
        self.workers += 1
        self.at_work, self.happens = document, happens
        if document.free:
            document.take()
        try:
            return process([document.job], call)
        finally:
            self.happens = bool

    def give_up(self, document: Model) -> None:
        """The next worker does not touch it: too many died with it."""
        assert dict(process([document.job])) == {"quarantined": 1}
        document.end("quarantined", self.version)

    def expire_lease(self, document: Model) -> None:
        """Its lease ended a moment ago."""
        Job.objects.filter(pk=document.job, state="running").update(lease_until=Now() - timedelta(seconds=1))
        document.expired = document.state == "running"

    def expected(self, document: Model, version: str, known: bool, happens: str) -> dict[str, int]:
        """How it must have ended, which the model then knows."""
        if not known and happens == "take over":
            return {"lost": 1}
        if not known and happens == "crash":
            document.crashes += 1
            document.end("queued" if document.crashes < 3 else "quarantined", version)
        elif not known and happens == "raise":
            document.end("failed", version)
        else:
            document.stored.setdefault(version, f"worker {self.workers}")
            document.end("done", version)
        return {document.state: 1}

    def come_to_rest(self) -> None:
        """Sweep and work until nothing is open, then look whether the present version holds everywhere."""
        for each in self.models:
            self.expire_lease(each)
        self.sweep()
        for each in (each for each in self.models if each.free):
            self.work(each, "nothing")
        self.nothing_is_broken()
        assert {each.state for each in self.models} <= {"done", "failed", "quarantined"}
        done = [each for each in self.models if each.state == "done"]
        assert all(each.ended_under == self.version and self.version in each.stored for each in done)


@pytest.mark.timeout(400)  # to find the shortest order of events that fails takes a while
def test_any_order_of_events_does_each_document_once_for_each_version(install) -> None:
    class Installed(Life):
        pass

    Installed.install = staticmethod(install)
    quick = settings(max_examples=30, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Installed, settings=quick)
