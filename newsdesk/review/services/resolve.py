"""Say what is to become of a decision that could not be carried: its words are gone, unsure, or found otherwise.

Each is a new decision on the same finding, so it can be taken back like any other, and what stood before is asked again.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.processing.artifacts import Artifact
from newsdesk.review.matching import Outcome, Status, reworded
from newsdesk.review.models import Decision
from newsdesk.review.placing import Standing, mine, standing, text_digest
from newsdesk.review.queries import newest_snapshot
from newsdesk.review.services.decide import decide
from newsdesk.review.services.reconcile import lock
from newsdesk.review.services.record import anchors, checked, clean, record
from newsdesk.sdk import Span
from newsdesk.sdk.errors import NewsdeskError

Verdict = Decision.Verdict
LOST = frozenset({Status.AMBIGUOUS, Status.ORPHAN})
_STANDING = (Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT, Verdict.ADD)


class NothingToResolve(NewsdeskError):
    """The decision is in no doubt, or no longer: somebody was faster, or its words came back."""


def reattach(
    *,
    decision: uuid.UUID,
    actor: Actor,
    spans: Sequence[Mapping[str, Any]],
    text: str = "",
    event: uuid.UUID | None = None,
) -> Decision:
    """Say where the words are that a lost decision is about: spans of the text that readers see now.

    `text` is the digest of the text that they were picked in, if it is known: they are refused if it is another by now.
    """
    if (earlier := _repeated(event, decision, actor, *_STANDING)) is not None:
        return earlier
    with _asked(decision, actor, LOST) as (target, now, _):
        if text and text != text_digest(now.text):
            raise NothingToResolve("the text has changed since this place was picked; load the article again")
        try:
            places = tuple(Span(each["start"], each["end"], each["role"]) for each in spans)
            moved = reworded(mine(target), places, now.text).to_plain()
        except (KeyError, TypeError) as error:
            raise ValidationError({"spans": f"must each have start, end and role ({error!r})"}) from error
        after = checked("spans", target.kind, moved, now.text)
        where = {"snapshot": now.snapshot, "text": text_digest(now.text), "anchors": anchors(after, now.text)}
        return record(_on(target, actor, event, verdict=target.verdict, after=after, **where))


def keep(*, decision: uuid.UUID, actor: Actor, note: str = "", event: uuid.UUID | None = None) -> Decision:
    """Keep a lost decision as history: it is asked about no more, and stands nowhere."""
    if (earlier := _repeated(event, decision, actor, Verdict.KEEP)) is not None:
        return earlier
    with _asked(decision, actor, LOST) as (target, _, _):
        return record(_left_as_it_was(target, actor, event, verdict=Verdict.KEEP, note=clean(note)))


def drop(*, decision: uuid.UUID, actor: Actor, reason: str, event: uuid.UUID | None = None) -> Decision:
    """Give a lost decision up, and say why. The decision itself stays where it is: in the history."""
    if (earlier := _repeated(event, decision, actor, Verdict.DROP)) is not None:
        return earlier
    with _asked(decision, actor, LOST) as (target, _, _):
        note = clean(reason)
        if not note.strip():
            raise ValidationError({"reason": "reason is empty; say why the decision is dropped"})
        return record(_left_as_it_was(target, actor, event, verdict=Verdict.DROP, note=note))


def keep_mine(*, decision: uuid.UUID, actor: Actor, event: uuid.UUID | None = None) -> Decision:
    """Of what the editor held and what the machine now finds, keep the editor's: a correction of what it finds."""
    if (earlier := _repeated(event, decision, actor, Verdict.CORRECT)) is not None:
        return earlier
    with _asked(decision, actor, {Status.CHANGED}) as (target, now, outcome):
        held = reworded(mine(target), outcome.spans, now.text).to_plain()
        found = _answer(now, outcome)
        return decide(artifact_id=found.pk, actor=actor, verdict=Verdict.CORRECT, correction=held, event=event)


def take_new(*, decision: uuid.UUID, actor: Actor, event: uuid.UUID | None = None) -> Decision:
    """Of what the editor held and what the machine now finds, take the machine's."""
    if (earlier := _repeated(event, decision, actor, Verdict.ACCEPT)) is not None:
        return earlier
    with _asked(decision, actor, {Status.CHANGED}) as (_, now, outcome):
        return decide(artifact_id=_answer(now, outcome).pk, actor=actor, verdict=Verdict.ACCEPT, event=event)


@contextmanager
def _asked(decision: uuid.UUID, actor: Actor, of: Any) -> Iterator[tuple[Decision, Standing, Outcome]]:
    """The decision, if it is one of those that are asked about in this way, while nobody else changes that."""
    with transaction.atomic():
        target = Decision.objects.get(uuid=decision)
        lock(target.article_id)
        snapshot = newest_snapshot(target.article_id)
        now = standing(snapshot) if snapshot else None
        outcome = now.outcomes.get(target.pk) if now else None
        if now is None or outcome is None or outcome.status not in of:
            raise NothingToResolve("this decision is in no such doubt, or no longer; load the article again")
        yield target, now, outcome


def _answer(now: Standing, outcome: Outcome) -> Artifact:
    return next(row for row in now.artifacts if row.digest == outcome.answer)


def _left_as_it_was(target: Decision, actor: Actor, event: uuid.UUID | None, **said: Any) -> Decision:
    """A new decision that leaves the finding what and where it was, not yet stored."""
    where = {name: getattr(target, name) for name in ("snapshot_id", "before", "after", "anchors", "text")}
    return _on(target, actor, event, **where, **said)


def _on(target: Decision, actor: Actor, event: uuid.UUID | None, **said: Any) -> Decision:
    """A new decision on the finding of another, not yet stored."""
    return Decision(
        uuid=event or uuid.uuid4(),
        article_id=target.article_id,
        key=target.key,
        kind=target.kind,
        editor=actor.user,
        via=actor.via,
        **said,
    )


def _repeated(event: uuid.UUID | None, decision: uuid.UUID, actor: Actor, *verdicts: str) -> Decision | None:
    """What this event was already, if it comes again. One that was something else is refused, as in `record`."""
    require(actor, Operation.DECIDE)
    earlier = Decision.objects.filter(uuid=event).first() if event else None
    if earlier is None:
        return None
    target = Decision.objects.get(uuid=decision)
    if (earlier.key, earlier.editor) != (target.key, actor.user) or earlier.verdict not in verdicts:
        raise ValidationError({"event": "event was another decision's; send a new one with each decision"})
    return earlier
