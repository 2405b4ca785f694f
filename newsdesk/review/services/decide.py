"""Decide, add, and take a decision back. The actor is checked here, so that no door can forget it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.corpus.models import Snapshot
from newsdesk.processing.models import Artifact
from newsdesk.processing.queries import text_of, text_under
from newsdesk.review.models import Decision
from newsdesk.review.queries import standing_decision
from newsdesk.sdk import KINDS, ContractError, canonical
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk.contract import check_artifact
from newsdesk.sdk.errors import NewsdeskError

Verdict = Decision.Verdict
CONTEXT = 32
"""So many characters before and after a span are kept with a decision, as Web Annotation's TextQuoteSelector has them."""

_MADE_HERE = frozenset({"article", "snapshot", "artifact", "before", "after", "anchors", "withdraws", "editor"})
"""The fields of a decision that come from here and may well be empty; the others come from outside and are checked."""

_SAID = ("artifact_id", "key", "verdict", "after", "withdraws_id", "editor_id")
"""What makes a decision the same when its event comes again."""


class NothingToWithdraw(NewsdeskError):
    """No decision stands that could be taken back."""


def decide(
    *,
    artifact_id: int,
    actor: Actor,
    verdict: str,
    correction: Mapping[str, Any] | None = None,
    note: str = "",
    event: uuid.UUID | None = None,
) -> Decision:
    """Accept, reject or correct an artifact. The same `event` twice is one decision.

    `correction` is the whole artifact as it should be: `data` and `spans` (each `start`, `end`, `role`). Raises
    PermissionDenied, ValidationError, or Artifact.DoesNotExist.
    """
    require(actor, Operation.DECIDE)
    if verdict not in (Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT):
        raise ValidationError({"verdict": f"verdict is {verdict!r:.40}; it must be accept, reject or correct"})
    if (correction is not None) != (verdict == Verdict.CORRECT):
        raise ValidationError({"correction": "a correction belongs to the verdict 'correct', and to no other"})
    artifact = Artifact.objects.select_related("run__snapshot").get(pk=artifact_id)
    if not KINDS[artifact.kind].reviewed:
        raise ValidationError({"artifact": f"artifacts of the kind {artifact.kind!r} are not decided on"})
    snapshot = artifact.run.snapshot
    text = text_under(artifact) or ""
    after = _checked("correction", artifact.kind, correction, text) if correction is not None else None
    before = artifact.found.to_plain()
    return _record(
        Decision(
            uuid=event or uuid.uuid4(),
            article_id=snapshot.article_id,
            snapshot=snapshot,
            artifact=artifact,
            key=artifact.digest,
            kind=artifact.kind,
            verdict=verdict,
            before=before,
            after=after,
            anchors=_anchors(after or before, text),
            note=_clean(note),
            editor=actor.user,
            via=actor.via,
        )
    )


def add(*, snapshot_id: int, actor: Actor, kind: str, finding: Mapping[str, Any], event: uuid.UUID | None = None) -> Decision:
    """Add a finding that the machine missed: `data` and `spans`, as in a correction."""
    require(actor, Operation.DECIDE)
    if kind not in KINDS or not KINDS[kind].reviewed:
        known = ", ".join(name for name, each in KINDS.items() if each.reviewed)
        raise ValidationError({"kind": f"kind is {kind!r:.40}; it must be one of {known}"})
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    text = text_of(snapshot_id) or ""
    after = _checked("finding", kind, finding, text)
    return _record(
        Decision(
            uuid=event or uuid.uuid4(),
            article_id=snapshot.article_id,
            snapshot=snapshot,
            key=Found.from_plain(after).digest,
            kind=kind,
            verdict=Verdict.ADD,
            after=after,
            anchors=_anchors(after, text),
            editor=actor.user,
            via=actor.via,
        )
    )


def withdraw(*, decision: uuid.UUID, actor: Actor, event: uuid.UUID | None = None) -> Decision:
    """Take a decision back: what stood before it stands again. Only the latest on a finding can be taken back."""
    require(actor, Operation.DECIDE)
    with transaction.atomic():
        target = Decision.objects.select_for_update().get(uuid=decision)
        if target.editor_id != actor.user.pk:  # type: ignore[union-attr]
            require(actor, Operation.WITHDRAW_OTHERS)
        done = Decision.objects.filter(withdraws=target).first()
        if done is not None:
            return done
        if standing_decision(target.article_id, target.key) != target:
            raise NothingToWithdraw("a newer decision stands on this finding; take that one back first")
        return _record(
            Decision(
                uuid=event or uuid.uuid4(),
                article_id=target.article_id,
                snapshot_id=target.snapshot_id,
                artifact_id=target.artifact_id,
                key=target.key,
                kind=target.kind,
                anchors=target.anchors,
                verdict=Verdict.WITHDRAW,
                withdraws=target,
                editor=actor.user,
                via=actor.via,
            )
        )


def _record(decision: Decision) -> Decision:
    """Store the decision, once for each event. An event that was another decision's is refused, not taken for this one."""
    try:
        decision.full_clean(exclude=_MADE_HERE, validate_unique=False, validate_constraints=False)
        with transaction.atomic():
            decision.save(force_insert=True)
    except IntegrityError:
        earlier = Decision.objects.filter(uuid=decision.uuid).first()
        if earlier is None:
            raise
        if any(getattr(earlier, field) != getattr(decision, field) for field in _SAID):
            rule = "event was another decision's; send a new one with each decision"
            raise ValidationError({"event": rule}) from None
        return earlier
    return decision


def _clean(note: str) -> str:
    """The note in canonical form; what a database or a terminal would choke on is refused rather than dropped."""
    cleaned = canonical(note)
    if cleaned.warnings:
        raise ValidationError(
            {"note": f"note has characters that cannot be kept ({', '.join(cleaned.warnings)}); leave them out"}
        )
    return cleaned.text


def _anchors(plain: Mapping[str, Any], text: str) -> list[dict[str, str]]:
    """The words of each span and what stands around them, to find them again when the text has changed."""
    return [
        {
            "exact": text[span["start"] : span["end"]],
            "prefix": text[max(0, span["start"] - CONTEXT) : span["start"]],
            "suffix": text[span["end"] : span["end"] + CONTEXT],
        }
        for span in plain["spans"]
    ]


def _checked(field: str, kind: str, plain: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The artifact that an editor wrote, held to what processors are held to."""
    try:
        found = Found.from_plain({"kind": kind, "confidence": None, "data": plain["data"], "spans": plain["spans"]})
        check_artifact(found, text)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ValidationError({field: f"must have data, and spans each with start, end and role ({error!r})"}) from error
    except ContractError as error:
        raise ValidationError({field: str(error)}) from error
    return found.to_plain()
