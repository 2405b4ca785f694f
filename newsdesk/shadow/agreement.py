"""Whether findings are as editors want them: accepted, corrected and added ones are there, rejected ones are not."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newsdesk.review.models import Decision
from newsdesk.sdk import Artifact as Found
from newsdesk.shadow.places import Places

Verdict = Decision.Verdict


MEASURED = (Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT, Verdict.ADD)
"""The verdicts that say what should be found; any other says something else."""


class Judged(NamedTuple):
    """A decision, what it is about as the person has it, and whether each side agrees with it."""

    decision: Decision
    found: Found
    before: bool
    after: bool


def judged(
    decisions: Iterable[Decision], before: Iterable[Found], after: Iterable[Found], places: Places, text: str
) -> Iterator[Judged]:
    """Hold both sides to these standing decisions.

    `text` is what stands, and `before` is in it. A decision whose words no longer stand there is no measure of either
    side, and is left out.
    """
    there, then = {found.digest for found in before}, {found.digest for found in after}
    for decision in decisions:
        if decision.verdict not in MEASURED:
            continue
        wanted = Found.from_plain(decision.after or decision.before)
        spans = zip(wanted.spans, decision.anchors, strict=False)
        if any(span.of(text) != anchor["exact"] for span, anchor in spans):
            continue
        moved = places.moved(wanted)
        present = (wanted.digest in there, moved is not None and moved.digest in then)
        rejected = decision.verdict == Verdict.REJECT
        yield Judged(decision, wanted, present[0] != rejected, present[1] != rejected)
