"""What became of the decisions on a snapshot: read if it is stored and still right, derived if not.

Both give the same, for it is a function of the snapshot's artifacts, the decisions and the texts, and of nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from newsdesk.corpus.models import Snapshot
from newsdesk.processing.artifacts import MAX_PLACES, Artifact
from newsdesk.processing.queries import current_artifacts, texts_found
from newsdesk.review.anchoring import GONE, Anchoring, Place, from_anchors
from newsdesk.review.matching import EACH_BY_ITSELF, Judged, Outcome, Status, match
from newsdesk.review.models import Decision, Placement, Reconciliation
from newsdesk.review.stamps import as_they_are, is_fresh
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span

Verdict = Decision.Verdict
RESOLVED = {Verdict.KEEP: Status.HISTORICAL, Verdict.DROP: Status.DROPPED}


@dataclass(frozen=True)
class Standing:
    """A snapshot with what the machine finds in it, what was decided on its article, and what became of that."""

    snapshot: Snapshot
    artifacts: Sequence[Artifact]
    decisions: Mapping[int, Decision]
    outcomes: Mapping[int, Outcome]

    @property
    def text(self) -> str:
        """The canonical text, or nothing."""
        return next((row.data["text"] for row in self.artifacts if row.kind == "text"), "")

    @cached_property
    def answered(self) -> dict[str, int]:
        """For the digest of a finding the decision that stands on it."""
        return {outcome.answer: number for number, outcome in self.outcomes.items() if outcome.answer}


def standing(snapshot: Snapshot, *, stored: bool = True) -> Standing:
    """How things stand for a snapshot. `stored=False` derives it whatever is stored."""
    decisions = {each.pk: each for each in standing_decisions(snapshot.article_id).values()}
    artifacts = current_artifacts(snapshot.pk)
    if not decisions:
        return Standing(snapshot, artifacts, {}, {})
    outcomes = _stored(snapshot, decisions, artifacts) if stored else None
    return Standing(snapshot, artifacts, decisions, _derived(artifacts, decisions) if outcomes is None else outcomes)


def standing_decisions(article_id: int) -> dict[str, Decision]:
    """For each finding of an article that was decided on, the decision that stands, by key."""
    stacks: dict[str, list[Decision]] = {}
    for decision in Decision.objects.filter(article=article_id).select_related("editor").order_by("pk"):
        stack = stacks.setdefault(decision.key, [])
        if decision.verdict == Verdict.WITHDRAW:
            stack[:] = [each for each in stack if each.pk != decision.withdraws_id]
        else:
            stack.append(decision)
    return {key: stack[-1] for key, stack in stacks.items() if stack}


def mine(decision: Decision) -> Found:
    """What the decision holds: what the editor made of the finding, or the machine's if it was left as it was."""
    return Found.from_plain(decision.after or decision.before)


def text_digest(text: str) -> str:
    """What a text's artifact has as its digest."""
    return Found("text", {"text": text}).digest


def _stored(snapshot: Snapshot, decisions: Mapping[int, Decision], artifacts: Sequence[Artifact]) -> dict[int, Outcome] | None:
    """What is stored, if it was derived from what holds now, and from what was read: a worker may have come in between."""
    stamp = as_they_are(Reconciliation.objects.filter(article=snapshot.article_id)).first()
    if stamp is None or stamp.snapshot_id != snapshot.pk or not is_fresh(stamp):
        return None
    outcomes = {each.pk: to_outcome(each) for each in Placement.objects.filter(article=snapshot.article_id)}
    answers = {outcome.answer for outcome in outcomes.values() if outcome.answer}
    fits = outcomes.keys() == decisions.keys() and answers <= {row.digest for row in artifacts}
    return outcomes if fits else None


def to_outcome(row: Placement) -> Outcome:
    """What a row says."""
    candidates = tuple(_spans(each) for each in row.candidates)
    return Outcome(Status(row.status), _spans(row.spans), row.answer, row.score, row.moved, candidates)


def to_placement(outcome: Outcome, decision: Decision, snapshot: Snapshot) -> Placement:
    """The row of an outcome, not yet saved."""
    return Placement(
        decision=decision,
        article_id=decision.article_id,
        snapshot=snapshot,
        key=decision.key,
        status=outcome.status,
        answer=outcome.answer,
        spans=_plain(outcome.spans),
        score=outcome.score,
        moved=outcome.moved,
        candidates=[_plain(each) for each in outcome.candidates],
    )


def _plain(spans: Iterable[Span]) -> list[list[int | str]]:
    return [[span.start, span.end, span.role] for span in spans]


def _spans(plain: Iterable[Sequence[int | str]]) -> tuple[Span, ...]:
    return tuple(Span(*each) for each in plain)  # type: ignore[arg-type]


def _derived(artifacts: Sequence[Artifact], decisions: Mapping[int, Decision]) -> dict[int, Outcome]:
    text = next((row for row in artifacts if row.kind == "text"), None)
    anchors = _Anchors(text, decisions.values())
    findings = {row.digest: row.found for row in artifacts if row.kind != "text"}
    return match([_judged(each, anchors) for each in decisions.values()], findings)


def _judged(decision: Decision, anchors: "_Anchors") -> Judged:
    held, resolved = mine(decision), RESOLVED.get(decision.verdict)
    if resolved is not None:
        return Judged(decision.pk, decision.verdict, held, GONE, resolved=resolved)
    place = anchors.place(decision, held)
    if not (decision.after and decision.before):
        return Judged(decision.pk, decision.verdict, held, place)
    machine = Found.from_plain(decision.before)
    return Judged(decision.pk, decision.verdict, held, place, machine, anchors.place(decision, machine))


class _Anchors:
    """Where the spans of decisions stand in the present text. Texts that differ from it are read, in one query."""

    def __init__(self, text: Artifact | None, decisions: Iterable[Decision]) -> None:
        self._new, self._digest = (text.data["text"], text.digest) if text else ("", "")
        self._under = _texts_under(decisions)
        wanted = set(self._under.values()) - {self._digest}
        articles = {each.article_id for each in decisions}
        former = texts_found(Snapshot.objects.filter(article__in=articles)) if wanted else ()
        self._old = {row.digest: row.data["text"] for row in former if row.digest in wanted}
        self._anchorings: dict[str, Anchoring] = {}

    def place(self, decision: Decision, found: Found) -> Place:
        digest = self._under[decision.pk]
        if digest and digest == self._digest:
            return Anchoring("", "").place(found.spans)
        if digest not in self._old:
            kept = found == mine(decision) and len(found.spans) == len(decision.anchors)
            return from_anchors(found.spans, decision.anchors, self._new) if kept else GONE
        memory = _remembered(digest, self._digest)
        asked = (found.kind in EACH_BY_ITSELF, found.spans)
        if asked not in memory:
            if digest not in self._anchorings:
                self._anchorings[digest] = Anchoring(self._old[digest], self._new)
            anchoring = self._anchorings[digest]
            memory[asked] = (anchoring.place_each if asked[0] else anchoring.place)(found.spans)
        return memory[asked]


@lru_cache(maxsize=64)
def _remembered(old: str, new: str) -> dict[tuple[bool, tuple[Span, ...]], Place]:
    """Places that were looked for between two texts before; they never change, and each decision asks for all again."""
    return {}


def _texts_under(decisions: Iterable[Decision]) -> dict[int, str]:
    """For each decision the digest of the text that it points into. Those that do not say it yet, point into what was the
    snapshot's text then."""
    unsaid = [each for each in decisions if not each.text]
    under = {each.pk: each.text for each in decisions}
    texts = texts_found({each.snapshot_id for each in unsaid}) if unsaid else []
    for each in unsaid:
        last = each.artifact_id // MAX_PLACES if each.artifact_id else None
        fits = (
            text.digest
            for text in texts
            if text.run.snapshot_id == each.snapshot_id
            and (text.run.pk <= last if last else text.run.ended_at <= each.decided_at)
        )
        under[each.pk] = next(fits, "")
    return under
