"""What becomes of decisions when the machine has spoken again: each is carried, asked about, or shown as lost.

A pure function of decisions, findings and text, so that nothing can be lost on the way: whoever derives it gets the
same. The order: the same finding in the same place, then one that covers nearly the same words, then none. A finding
answers one decision at most; if two speak of the same finding, the newer stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from newsdesk.review.anchoring import Found as Sureness
from newsdesk.review.anchoring import Place
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span
from newsdesk.sdk.artifact import canonical_json


class Status(StrEnum):
    """What became of a decision."""

    CARRIED = "carried"  # the machine finds the same
    SUPPRESSED = "suppressed"  # rejected, and so it stays
    KEPT = "kept"  # the machine does not find it; what the person said stands
    CHANGED = "changed"  # the machine finds it otherwise: mine, or the new one?
    AMBIGUOUS = "ambiguous"  # its words may be in several places, or not surely in one
    ORPHAN = "orphan"  # its words are gone
    COVERED = "covered"  # a newer decision stands on the same finding
    HISTORICAL = "historical"  # an orphan that an editor keeps as it is
    DROPPED = "dropped"  # an orphan that an editor dropped, with a reason


NEEDS_LOOK = frozenset({Status.CHANGED, Status.AMBIGUOUS})
TO_RESOLVE = NEEDS_LOOK | {Status.ORPHAN}
"""What an editor is asked about."""

WITHOUT_PLACE = frozenset({Status.AMBIGUOUS, Status.ORPHAN, Status.HISTORICAL, Status.DROPPED})
"""What does not stand in the text, and so leaves the desk neither."""

SAME_ENOUGH, REJECTED_ENOUGH = 0.8, 0.5
"""So much of the words must be shared for a finding to be another version of one that was decided on, or rejected."""

EACH_BY_ITSELF = frozenset({"person", "organisation", "place"})
"""Kinds whose spans are all over the text; the others' are looked for as one stretch."""

_MARGINAL = {
    "boilerplate": ("rule",),
    "metadata": ("evidence",),
    "near-duplicate": ("similarity",),
    "quote": ("quotation",),
    **dict.fromkeys(EACH_BY_ITSELF, ("aliases",)),
}
"""Fields of a kind's data that may differ without the finding being another."""


@dataclass(frozen=True)
class Judged:
    """A decision that stands: what it holds (`mine`), what the machine had said, and where both are in the present text.

    `place` is None for a decision that says of an orphan what is to become of it: `resolved` says what.
    """

    number: int
    verdict: str
    mine: Found
    place: Place
    machine: Found | None = None
    machine_place: Place | None = None
    resolved: Status | None = None

    @property
    def versions(self) -> list[tuple[Found, Place]]:
        """What the editor holds, and what the machine had said if that was something else, each with its place."""
        machine = [(self.machine, self.machine_place)] if self.machine and self.machine_place else []
        return [(self.mine, self.place), *machine]

    @property
    def rejected(self) -> bool:
        """Whether it was said to be nothing."""
        return self.verdict == "reject"


@dataclass(frozen=True)
class Outcome:
    """What became of a decision: where it stands now, and the digest of the finding that answers it, if one does.

    `moved` is set where the words, their context or their order are not what they were: carried, but worth a glance.
    """

    status: Status
    spans: tuple[Span, ...] = ()
    answer: str = ""
    score: float = 1.0
    moved: bool = False
    candidates: tuple[tuple[Span, ...], ...] = ()


def match(decisions: Iterable[Judged], findings: Mapping[str, Found]) -> dict[int, Outcome]:
    """What becomes of each decision, by its number, if the machine now finds these, by digest."""
    newest_first = sorted(decisions, key=lambda each: -each.number)
    standing = [each for each in newest_first if each.resolved is None]
    answers = _answers(standing, findings)
    covered = _covered(standing, answers)
    outcomes = {each.number: _outcome(each, *answers.get(each.number, ("", 0))) for each in standing}
    outcomes |= {each.number: Outcome(each.resolved) for each in newest_first if each.resolved is not None}
    return outcomes | {number: Outcome(Status.COVERED) for number in covered}


def reworded(found: Found, spans: tuple[Span, ...], text: str) -> Found:
    """The finding at another place. A quote says the words that stand there, if they are not those that it had."""
    moved = replace(found, spans=spans)
    if found.kind != "quote" or not spans:
        return moved
    data, speaker = dict(found.data), found.data.get("speaker")
    content, source = (" ".join(span.of(text) for span in moved.spans_of(role)) for role in ("content", "source"))
    if _letters(content) != _letters(data["quotation"]):
        data["quotation"] = content
    if speaker and source and _letters(source) != _letters(speaker["mention"]):
        data["speaker"] = {**speaker, "mention": source}
    return replace(moved, data=data)


def same_thing(one: Found, other: Found) -> bool:
    """Whether two findings say the same, wherever they stand and whoever found them."""
    return one.kind == other.kind and _substance(one) == _substance(other)


def overlap(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    """What two findings share of the words that either covers, 0 to 1."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    covered = sum(span.end - span.start for span in (*one, *other)) - shared
    return shared / covered if covered else 0.0


def _outcome(each: Judged, answer: str, grade: int) -> Outcome:
    place, is_spanless = each.place, not each.mine.spans
    moved, by_value = place.found == Sureness.MOVED, each.mine.kind == "metadata" and bool(answer)
    if not (place.sure or is_spanless or by_value):
        status = Status.AMBIGUOUS if place.candidates else Status.ORPHAN
        return Outcome(status, (), answer, place.score, False, place.candidates)
    if not answer:
        return Outcome(Status.KEPT, place.spans, "", place.score, moved)
    if each.rejected:
        return Outcome(Status.SUPPRESSED, place.spans, answer, place.score, moved)
    return Outcome(Status.CARRIED if grade == _SAME else Status.CHANGED, place.spans, answer, place.score, moved)


_SAME, _OTHERWISE = 2, 1


def _answers(standing: Iterable[Judged], findings: Mapping[str, Found]) -> dict[int, tuple[str, int]]:
    """For each decision the finding that answers it, and how: the best pairs first, each decision and finding once."""
    shelf = _Shelf(findings)
    pairs = [
        (-grade, -shared, -each.number, digest)
        for each in standing
        for digest in shelf.near(each)
        for grade, shared in [_grade(each, findings[digest])]
        if grade
    ]
    answers: dict[int, tuple[str, int]] = {}
    taken: set[str] = set()
    for grade, _, number, digest in sorted(pairs):
        if -number not in answers and digest not in taken:
            answers[-number] = digest, -grade
            taken.add(digest)
    return answers


def _grade(each: Judged, finding: Found) -> tuple[int, float]:
    """How a finding answers a decision: as the same (be it what the machine had said, or what the editor made of it), as
    another version, or not at all; and how much they share."""
    if finding.kind == "metadata" or not finding.spans:
        return _grade_by_value(each, finding)
    placed = [(said, place.spans) for said, place in each.versions if place.sure]
    shared = max((overlap(_main(replace(said, spans=spans)), _main(finding)) for said, spans in placed), default=0.0)
    by_name = finding.kind in EACH_BY_ITSELF and shared > 0
    for said, spans in reversed(placed):  # what the machine had said comes before what an editor made of it
        if same_thing(said, finding) and (spans == finding.spans or by_name):
            return _SAME, shared + (said.data == finding.data) + (said is each.machine)
    return (_OTHERWISE, shared) if shared >= (REJECTED_ENOUGH if each.rejected else SAME_ENOUGH) else (0, 0.0)


def _grade_by_value(each: Judged, finding: Found) -> tuple[int, float]:
    """Metadata is known by name and value. Another value from where the first was read is another version of it."""
    known = [said for said, _ in each.versions]
    if any(same_thing(said, finding) for said in known):
        as_before = each.machine is not None and each.machine.data == finding.data
        return _SAME, float(any(said.data == finding.data for said in known) + as_before)
    if finding.kind != "metadata" or each.rejected:
        return 0, 0.0
    return (_OTHERWISE, 0.0) if any(said.data["evidence"] == finding.data["evidence"] for said in known) else (0, 0.0)


def _covered(newest_first: Iterable[Judged], answers: Mapping[int, Any]) -> set[int]:
    """Decisions that no finding answers, on a finding on which a newer one stands."""
    covered: set[int] = set()
    seen: set[Any] = set()
    for each in newest_first:
        keys = {(_type(said), place.spans, canonical_json(_substance(said))) for said, place in each.versions if place.sure}
        if keys & seen and each.number not in answers:
            covered.add(each.number)
        seen |= keys
    return covered


class _Shelf:
    """Findings by kind and place, so that each decision is held against its neighbours and not against all."""

    WIDTH = 256

    def __init__(self, findings: Mapping[str, Found]) -> None:
        self._of: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for digest, finding in findings.items():
            for slot in self._slots(finding, _main(finding)):
                self._of[slot].append(digest)

    def near(self, each: Judged) -> Iterable[str]:
        slots = [slot for said, place in each.versions for slot in self._slots(said, _main(replace(said, spans=place.spans)))]
        return dict.fromkeys(digest for slot in dict.fromkeys(slots) for digest in self._of.get(slot, ()))

    def _slots(self, finding: Found, spans: tuple[Span, ...]) -> list[tuple[Any, ...]]:
        if finding.kind == "metadata" or not finding.spans:
            return [_type(finding)]  # known by its value, wherever it stands
        wide = self.WIDTH
        return [(*_type(finding), at) for span in spans for at in range(span.start // wide, (span.end - 1) // wide + 1)]


def _type(found: Found) -> tuple[str, str]:
    return found.kind, str(found.data["name"]) if found.kind == "metadata" else ""


def _main(found: Found) -> tuple[Span, ...]:
    """The spans that say where a finding is: of a quote its content, whoever says it."""
    return found.spans_of("content") or found.spans


def _substance(found: Found) -> dict[str, Any]:
    data = {name: value for name, value in found.data.items() if name not in _MARGINAL.get(found.kind, ())}
    if found.kind == "quote" and data["speaker"]:
        data["speaker"] = {name: value for name, value in data["speaker"].items() if name != "mention"}
    return data


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
