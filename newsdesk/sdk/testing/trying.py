"""What is held of everything that is given documents, processor or reader: it is tried on each once, and asked of it."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar

from newsdesk.sdk.contract import MAX_ARTIFACTS
from newsdesk.sdk.testing.breach import told
from newsdesk.sdk.testing.clauses import Clauses
from newsdesk.sdk.testing.fresh import Answer, fresh
from newsdesk.sdk.testing.plain import as_plain, difference
from newsdesk.sdk.testing.samples import Sample
from newsdesk.sdk.testing.trial import Trial, attempt


class Tried:
    """A subject and what it did with each document; each is computed once, when a clause first asks."""

    def __init__(self, subject: Any) -> None:
        self.subject = subject

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """The documents."""
        raise NotImplementedError

    @cached_property
    def trials(self) -> tuple[Trial, ...]:
        """One for each document."""
        return tuple(attempt(self.subject, sample) for sample in self.samples)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What fresh interpreters make of the documents; the first of them is given the huge ones too, and last."""
        small = [sample for sample in self.samples if sample.group != "huge"]
        huge = [sample for sample in self.samples if sample.group == "huge"]
        return fresh(self.subject, {"1": [*small, *huge], "2": small})

    def of(self, *groups: str) -> Iterator[Trial]:
        """The trials on these groups of documents."""
        return (trial for trial in self.trials if trial.sample.group in groups)


class OnDocuments(Clauses):
    """The clauses that processors and readers share."""

    tried: ClassVar[Tried]

    def test_leaves_its_input_alone(self) -> None:
        """The document that it was given, and all in it, is afterwards as it was before."""
        for trial in self.tried.trials:
            if trial.changed:
                expected = "the document as it was: others read the same one"
                remedy = "copy before you change: dict(artifact.data), dataclasses.replace(document, ...)"
                raise self.broken(
                    "it leaves its input alone", trial.sample, found=trial.changed, expected=expected, remedy=remedy
                )

    def test_gives_the_same_again(self) -> None:
        """The same document gives the same, in the same order, whatever came before it."""
        copy = self.copied()
        for trial in reversed(self.tried.trials):
            if trial.sample.group != "huge":
                once, again = as_plain(trial), as_plain(attempt(copy, trial.sample))
                if once != again:
                    raise self.broken(
                        "it gives the same again",
                        trial.sample,
                        found=difference(once, again),
                        expected="the same result in the same order, from a copy too, and after other documents",
                        remedy="use no clock, no chance, and nothing that is kept from one document to the next",
                    )

    def test_gives_the_same_in_a_fresh_interpreter(self) -> None:
        """Two interpreters with other seeds for hashes and in another time zone give what this one gives."""
        clause = "it gives the same in a fresh interpreter"
        small = [trial for trial in self.tried.trials if trial.sample.group != "huge"]
        for seed, answer in self.heard(clause, lambda: self.tried.answers).items():
            for trial, other in zip(small, answer.results, strict=False):
                if (here := as_plain(trial)) != other:
                    raise self.broken(
                        clause,
                        trial.sample,
                        found=f"here, then with PYTHONHASHSEED={seed}: {difference(here, other)}",
                        expected="the same result in the same order in every process and on every machine",
                        remedy="sort what comes from a set; use no hash(), id(), clock, locale or environment",
                    )

    def test_survives_empty_documents(self) -> None:
        """A document without words gives nothing, or is refused by UnreadableContent."""
        self.check_survival("it survives empty documents", self.tried.of("empty"))

    def test_survives_hostile_documents(self) -> None:
        """Marks without end, other scripts, broken markup and bytes: nothing makes it raise."""
        self.check_survival("it survives hostile documents", self.tried.of("ordinary", "script", "own", "hostile"))

    def test_reports_time_and_memory(self, record_property: Callable[[str, object], None]) -> None:
        """What it costs stands in pytest's summary; it is held to no bound but those that the author set."""
        answer = self.heard("it reports time and memory", lambda: self.tried.answers)["1"]
        slowest = [max(self.tried.of(*groups), key=_seconds, default=None) for groups in (("ordinary", "own"), ("huge",))]
        times = {trial.sample.size: trial.seconds for trial in (*slowest, max(self.tried.trials, key=_seconds)) if trial}
        self.report(record_property, answer, times)

    def check_survival(self, clause: str, trials: Iterable[Trial]) -> None:
        """Raise for the first of these trials in which the subject raised, or gave more than is taken."""
        for trial in trials:
            if trial.error is not None:
                expected = "a result, or none; UnreadableContent where the document is none"
                remedy = "catch what this document raises, or find nothing there: no document may fail for its looks"
                raise self.broken(clause, trial.sample, found=told(trial.error), expected=expected, remedy=remedy)
            if len(trial.found) > MAX_ARTIFACTS:
                expected = f"{MAX_ARTIFACTS:,} artifacts at most: no more are taken from one run"
                remedy = "yield fewer, larger findings, and stop at a limit of your own"
                raise self.broken(clause, trial.sample, found="more artifacts than that", expected=expected, remedy=remedy)


def _seconds(trial: Trial) -> float:
    return trial.seconds
