"""The contract of a processor, clause by clause: each is a test of its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

from newsdesk.sdk.artifact import Artifact, Span
from newsdesk.sdk.contract import MAX_ARTIFACTS, check_artifact
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import ContractError
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.processor import Processor
from newsdesk.sdk.testing.breach import ContractBroken, shown, told
from newsdesk.sdk.testing.clauses import Clauses
from newsdesk.sdk.testing.declaration import Wrong, wrong_processor
from newsdesk.sdk.testing.fresh import Answer, fresh
from newsdesk.sdk.testing.plain import as_plain, difference
from newsdesk.sdk.testing.samples import Sample, crowded, samples
from newsdesk.sdk.testing.trial import Trial, attempt, beyond, collected, watched
from newsdesk.sdk.testing.units import REMEDIES, unit_by_twin, unit_by_words

Given = str | bytes | Document
"""A document of the author's: a text, bytes as they come in, or a whole document."""


class Tried:
    """A processor and what it did with each document; each is computed once, when a clause first asks."""

    def __init__(self, processor: Processor, documents: Iterable[Given], kinds: Iterable[Kind], huge: int) -> None:
        self.processor = processor
        self.kinds: Mapping[str, Kind] = {**KINDS, **{kind.name: kind for kind in kinds}}
        self._documents, self._huge = tuple(documents), huge

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """The documents."""
        return samples(self.processor, self._documents, self._huge)

    @cached_property
    def trials(self) -> tuple[Trial, ...]:
        """One for each document."""
        return tuple(attempt(self.processor, sample) for sample in self.samples)

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What fresh interpreters make of the documents; the first of them is given the huge ones too, and last."""
        small = [sample for sample in self.samples if sample.group != "huge"]
        huge = [sample for sample in self.samples if sample.group == "huge"]
        return fresh(self.processor, {"1": [*small, *huge], "2": small})

    def of(self, *groups: str) -> Iterator[Trial]:
        """The trials on these groups of documents."""
        return (trial for trial in self.trials if trial.sample.group in groups)


class ProcessorContract(Clauses):
    """What holds for every processor. `contract(processor)` makes a class of these tests for one."""

    tried: ClassVar[Tried]

    def declared(self) -> Iterator[Wrong]:
        """What is wrong with the declaration."""
        return wrong_processor(self.subject, self.tried.kinds)

    def test_finds_something(self) -> None:
        """A contract that was tried on nothing found proves nothing."""
        if not any(trial.found for trial in self.tried.trials):
            raise self.broken(
                "it finds something",
                found=f"nothing in any of {len(self.tried.samples)} documents",
                expected="an artifact or more in one of them, since most clauses are about what it finds",
                remedy='give it a text in which it finds something: contract(..., documents=["..."])',
            )

    def test_yields_declared_kinds_only(self) -> None:
        """It yields artifacts, of kinds that it names in `provides`."""
        clause, provides = "it yields artifacts of declared kinds only", self.tried.processor.provides
        for trial in self.tried.trials:
            for number, each in enumerate(trial.found):
                if not isinstance(each, Artifact):
                    found, remedy = f"item {number} is {shown(each)}", "yield newsdesk.sdk.Artifact(kind, data, spans)"
                    raise self.broken(clause, trial.sample, found=found, expected="an Artifact", remedy=remedy)
                if each.kind not in provides:
                    found = f"artifact {number} is of kind {each.kind!r}"
                    remedy = f"add {each.kind!r} to `provides`, or yield another kind"
                    raise self.broken(clause, trial.sample, found=found, expected=f"one of {provides!r}", remedy=remedy)

    def test_data_is_valid(self) -> None:
        """Data is plain JSON that the kind's schema allows, in canonical characters; confidence is 0 to 1, or None."""
        expected = "plain JSON that the kind's schema allows, and a confidence from 0 to 1 or None"
        remedy = "mend what process() puts into `data`; newsdesk.sdk.KINDS has the schemas"
        self._check("data is valid", self._wrong_data, expected, remedy)

    def test_spans_are_in_bounds(self) -> None:
        """Spans lie in the text, in the number and with the roles that the kind allows, over the words that data says."""
        expected = "spans of the kind's roles with 0 <= start < end <= length of the text, over the words that data says"
        remedy = "compare with document.text[start:end]; newsdesk.sdk.KINDS has each kind's roles"
        self._check("spans are in bounds", self._wrong_spans, expected, remedy)

    def test_spans_count_code_points(self) -> None:
        """Offsets count code points of the canonical text, whatever stands before: emoji, marks, right-to-left, CRLF."""
        for trial in self.tried.of("ordinary", "script", "own"):
            for number, each in enumerate(trial.artifacts if trial.text is not None else ()):
                if proof := unit_by_words(each, trial.text or ""):
                    unit, span, words = proof
                    where = f"artifact {number} ({each.kind}), {span}, is {shown(span.of(trial.text or ''), 60)}"
                    raise self._wrong_unit(trial, f"{where}; in {unit}, {words!r:.80} stands there", unit)
            if trial.sample.twin and trial.text is not None and (twins := self._unit_by_twin(trial)):
                raise self._wrong_unit(
                    trial, f"where the same text in ASCII has its spans, this one has them in {twins}", twins
                )

    def test_leaves_its_input_alone(self) -> None:
        """The document that it was given, and all in it, is afterwards as it was before."""
        for trial in self.tried.trials:
            if trial.changed:
                expected = "the document as it was: others read the same one"
                remedy = "copy before you change: dict(artifact.data), list(...), copy.deepcopy(...)"
                raise self.broken(
                    "it leaves its input alone", trial.sample, found=trial.changed, expected=expected, remedy=remedy
                )

    def test_sees_only_what_it_requires(self) -> None:
        """It asks for nothing that it does not name in `requires`: that is never there."""
        for sample in self.tried.samples:
            if sample.group in ("ordinary", "script", "own"):
                requires = self.tried.processor.requires
                seen = watched(sample.document.view(requires))
                collected(lambda seen=seen: self.tried.processor.process(seen))  # type: ignore[misc]
                if wrong := beyond(seen, requires):
                    expected = f"nothing but what `requires` names: {requires!r}"
                    remedy = "add the kind to `requires`, or do without"
                    raise self.broken(
                        "it sees only what it requires", sample, found=f"it reads {wrong[0]}", expected=expected, remedy=remedy
                    )

    def test_gives_the_same_again(self) -> None:
        """The same document gives the same artifacts in the same order, whatever came before it."""
        copy: Processor = self.copied()
        for trial in reversed(self.tried.trials):
            if trial.sample.group != "huge":
                once, again = as_plain(trial), as_plain(attempt(copy, trial.sample))
                if once != again:
                    raise self.broken(
                        "it gives the same again",
                        trial.sample,
                        found=difference(once, again),
                        expected="the same artifacts in the same order, from a copy too, and after other documents",
                        remedy="use no clock, no chance, and nothing that is kept from one document to the next",
                    )

    def test_gives_the_same_in_a_fresh_interpreter(self) -> None:
        """Two interpreters with other seeds for hashes and in another time zone give what this one gives."""
        clause, small = (
            "it gives the same in a fresh interpreter",
            list(self.tried.of("ordinary", "script", "empty", "hostile", "own")),
        )
        answers = self.heard(clause, lambda: self.tried.answers)
        order = [sample.name for sample in self.tried.samples if sample.group != "huge"]
        for seed, answer in answers.items():
            for name, other in zip(order, answer.results, strict=False):
                trial = next(each for each in small if each.sample.name == name)
                if as_plain(trial) != other:
                    raise self.broken(
                        clause,
                        trial.sample,
                        found=f"here, then with PYTHONHASHSEED={seed}: {difference(as_plain(trial), other)}",
                        expected="the same artifacts in the same order in every process and on every machine",
                        remedy="sort what comes from a set before you yield; use no hash(), id(), clock, locale or environment",
                    )

    def test_survives_empty_documents(self) -> None:
        """A document without words gives nothing, or is refused by UnreadableContent."""
        self._check_survival("it survives empty documents", self.tried.of("empty"))

    def test_survives_hostile_documents(self) -> None:
        """Marks without end, other scripts, broken markup and bytes: nothing makes it raise."""
        self._check_survival("it survives hostile documents", self.tried.of("ordinary", "script", "own", "hostile"))

    def test_survives_huge_documents(self) -> None:
        """A document of 200,000 characters, or as many as the author says, is read as any other."""
        self._check_survival("it survives huge documents", self.tried.of("huge"))

    def test_survives_unknown_artifacts(self) -> None:
        """Artifacts of others with more keys, in another order, over one another: nothing raises, and all is valid."""
        clause = "it survives unknown artifacts"
        for trial in self.tried.of("ordinary", "own"):
            among = attempt(self.tried.processor, crowded(trial.sample))
            self._check_survival(clause, [] if trial.error else [among])
            for number, each in enumerate(among.artifacts):
                if not trial.error and (wrong := self._wrong_at_all(each, among.text, f"artifact {number} ({each.kind})")):
                    expected = "valid artifacts, whatever others found"
                    remedy = "take from others' artifacts what you need, and expect more keys and other orders"
                    raise self.broken(clause, among.sample, found=wrong, expected=expected, remedy=remedy)

    def test_reports_time_and_memory(self, record_property: Callable[[str, object], None]) -> None:
        """What it costs stands in pytest's summary; it is held to no bound but those that the author set."""
        answer = self.heard("it reports time and memory", lambda: self.tried.answers)["1"]
        slowest = [max(self.tried.of(*groups), key=_seconds, default=None) for groups in (("ordinary", "own"), ("huge",))]
        times = {trial.sample.size: trial.seconds for trial in (*slowest, max(self.tried.trials, key=_seconds)) if trial}
        self.report(record_property, answer, times)

    def _check(self, clause: str, wrong_in: Callable[[Artifact, str | None, str], str], expected: str, remedy: str) -> None:
        for trial in self.tried.trials:
            for number, each in enumerate(trial.artifacts):
                if each.kind in self.tried.kinds and (wrong := wrong_in(each, trial.text, f"artifact {number} ({each.kind})")):
                    raise self.broken(clause, trial.sample, found=wrong, expected=expected, remedy=remedy)

    def _wrong_data(self, artifact: Artifact, _: str | None, where: str) -> str:
        kind = self.tried.kinds[artifact.kind]
        return _wrong(replace(artifact, spans=()), replace(kind, roles={}, check=None), None, where)

    def _wrong_spans(self, artifact: Artifact, text: str | None, where: str) -> str:
        kind = self.tried.kinds[artifact.kind]
        alone = replace(artifact, data={}, confidence=None), replace(kind, schema={}, check=None)
        if wrong := _wrong(*alone, text, where):
            return wrong
        return "" if self._wrong_data(artifact, text, where) else _wrong(artifact, kind, text, where)

    def _wrong_at_all(self, artifact: Artifact, text: str | None, where: str) -> str:
        if artifact.kind not in self.tried.kinds:
            return ""
        return self._wrong_data(artifact, text, where) or self._wrong_spans(artifact, text, where)

    def _check_survival(self, clause: str, trials: Iterable[Trial]) -> None:
        for trial in trials:
            if trial.error is not None:
                expected = "artifacts, or none; UnreadableContent where the document is none"
                remedy = "catch what this document raises, or find nothing there: no document may fail for its looks"
                raise self.broken(clause, trial.sample, found=told(trial.error), expected=expected, remedy=remedy)
            if len(trial.found) > MAX_ARTIFACTS:
                expected = f"{MAX_ARTIFACTS:,} artifacts at most: no more are taken from one run"
                remedy = "yield fewer, larger findings, and stop at a limit of your own"
                raise self.broken(clause, trial.sample, found="more artifacts than that", expected=expected, remedy=remedy)

    def _unit_by_twin(self, trial: Trial) -> str | None:
        assert trial.sample.twin is not None
        other = attempt(self.tried.processor, replace(trial.sample, document=trial.sample.twin, twin=None))
        if other.text is None or trial.text is None or len(other.text) != len(trial.text):
            return None
        return unit_by_twin(_spans(trial), trial.text, _spans(other))

    def _wrong_unit(self, trial: Trial, found: str, unit: str) -> ContractBroken:
        return self.broken(
            "spans count code points",
            trial.sample,
            found=found,
            expected="offsets in code points of the canonical text, as len() and slices of document.text count them",
            remedy=REMEDIES[unit],
        )


def _wrong(artifact: Artifact, kind: Kind, text: str | None, where: str) -> str:
    try:
        check_artifact(artifact, text, {kind.name: kind}, where)
    except ContractError as error:
        return str(error)
    return ""


def _seconds(trial: Trial) -> float:
    return trial.seconds


def _spans(trial: Trial) -> list[Span]:
    return [span for each in trial.artifacts if isinstance(each.spans, tuple) for span in each.spans if isinstance(span, Span)]
