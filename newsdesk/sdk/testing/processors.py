"""The contract of a processor, clause by clause: each is a test of its own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

from newsdesk.sdk.artifact import Artifact, Span
from newsdesk.sdk.contract import check_artifact
from newsdesk.sdk.declaration import wrong_with_kind
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import ContractError
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.processor import Processor
from newsdesk.sdk.testing.breach import ContractBroken, shown
from newsdesk.sdk.testing.declaration import Wrong, wrong_processor
from newsdesk.sdk.testing.samples import Sample, crowded, samples
from newsdesk.sdk.testing.trial import Trial, attempt, beyond, collected, watched
from newsdesk.sdk.testing.trying import OnDocuments, Tried
from newsdesk.sdk.testing.units import REMEDIES, unit_by_twin, unit_by_words

Given = str | bytes | Document
"""A document of the author's: a text, bytes as they come in, or a whole document."""


class TriedProcessor(Tried):
    """A processor and what it did with each document."""

    def __init__(self, processor: Processor, documents: Iterable[Given], kinds: Iterable[Kind], huge: int) -> None:
        super().__init__(processor)
        self.kinds: Mapping[str, Kind] = {**KINDS, **{kind.name: kind for kind in kinds}}
        self._documents, self._huge = tuple(documents), huge

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """The documents."""
        return samples(self.subject, self._documents, self._huge)


class ProcessorContract(OnDocuments):
    """What holds for every processor. `contract(processor)` makes a class of these tests for one."""

    tried: ClassVar[TriedProcessor]

    def declared(self) -> Iterator[Wrong]:
        """What is wrong with the declaration, and with the kinds that come with it."""
        for name in self.tried.kinds.keys() - KINDS.keys():
            if wrong := wrong_with_kind(self.tried.kinds[name]):
                yield wrong, "a kind that Newsdesk takes", "mend the kind"
        yield from wrong_processor(self.subject, self.tried.kinds)

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
        clause, provides = "it yields artifacts of declared kinds only", self.subject.provides
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

    def test_sees_only_what_it_requires(self) -> None:
        """It asks for nothing that it does not name in `requires`: that is never there."""
        for sample in self.tried.samples:
            if sample.group in ("ordinary", "script", "own"):
                requires = self.subject.requires
                seen = watched(sample.document.view(requires))
                collected(lambda seen=seen: self.subject.process(seen))  # type: ignore[misc]
                if wrong := beyond(seen, requires):
                    expected = f"nothing but what `requires` names: {requires!r}"
                    remedy = "add the kind to `requires`, or do without"
                    raise self.broken(
                        "it sees only what it requires", sample, found=f"it reads {wrong[0]}", expected=expected, remedy=remedy
                    )

    def test_survives_huge_documents(self) -> None:
        """A document of 200,000 characters, or as many as the author says, is read as any other."""
        self.check_survival("it survives huge documents", self.tried.of("huge"))

    def test_survives_unknown_artifacts(self) -> None:
        """Artifacts of others with more keys, in another order, over one another: nothing raises, and all is valid."""
        clause = "it survives unknown artifacts"
        for trial in self.tried.of("ordinary", "own"):
            among = attempt(self.subject, crowded(trial.sample))
            self.check_survival(clause, [] if trial.error else [among])
            for number, each in enumerate(among.artifacts):
                if not trial.error and (wrong := self._wrong_at_all(each, among.text, f"artifact {number} ({each.kind})")):
                    expected = "valid artifacts, whatever others found"
                    remedy = "take from others' artifacts what you need, and expect more keys and other orders"
                    raise self.broken(clause, among.sample, found=wrong, expected=expected, remedy=remedy)

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

    def _unit_by_twin(self, trial: Trial) -> str | None:
        assert trial.sample.twin is not None
        other = attempt(self.subject, replace(trial.sample, document=trial.sample.twin, twin=None))
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


def _spans(trial: Trial) -> list[Span]:
    return [span for each in trial.artifacts if isinstance(each.spans, tuple) for span in each.spans if isinstance(span, Span)]
