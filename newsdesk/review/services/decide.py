"""Accept, reject or correct what was found, and add what was missed."""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.corpus.models import Snapshot
from newsdesk.host.registry import kind as kind_named
from newsdesk.host.registry import kinds
from newsdesk.processing.artifacts import Artifact
from newsdesk.processing.queries import artifact_with_text, text_of
from newsdesk.review.matching import Status
from newsdesk.review.models import Decision, Placement, Reconciliation
from newsdesk.review.placing import text_digest
from newsdesk.review.queries import effective_artifact, standing_decision
from newsdesk.review.services.reconcile import lock, store_one
from newsdesk.review.services.record import anchors, checked, clean, record
from newsdesk.review.stamps import is_fresh
from newsdesk.sdk import Artifact as Found

Verdict = Decision.Verdict


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
    artifact, found_in = artifact_with_text(artifact_id)
    text = found_in or ""
    if not kind_named(artifact.kind).reviewed:
        raise ValidationError({"artifact": f"artifacts of the kind {artifact.kind!r} are not decided on"})
    snapshot = artifact.run.snapshot
    after = checked("correction", artifact.kind, correction, text) if correction is not None else None
    before = artifact.found.to_plain()
    cleaned = clean(note)
    with transaction.atomic():
        key, place = _history(artifact, lock(snapshot.article_id), verdict)
        return record(
            Decision(
                uuid=event or uuid.uuid4(),
                article_id=snapshot.article_id,
                snapshot=snapshot,
                artifact_id=artifact.pk,
                key=key,
                kind=artifact.kind,
                verdict=verdict,
                before=before,
                after=after,
                anchors=anchors(after or before, text),
                text=text_digest(text),
                note=cleaned,
                editor=actor.user,
                via=actor.via,
            ),
            place,
        )


def _history(artifact: Artifact, stamp: Reconciliation, verdict: str) -> tuple[str, Callable[[Decision], bool]]:
    """Under what the decisions on this finding are found together, and how a new one is placed.

    The short way is for what editors do all day: a plain verdict on a finding of the present, while what is stored fits.
    """
    snapshot = artifact.run.snapshot
    if not (is_fresh(stamp) and stamp.snapshot_id == snapshot.pk and artifact.run.current):
        return _key(artifact), _derive
    answering = Placement.objects.filter(article=snapshot.article_id, answer=artifact.digest).select_related("decision").first()
    taken = Decision.objects.filter(article=snapshot.article_id, key=artifact.digest).exists()
    if answering is None and taken:
        return _key(artifact), _derive
    plain = answering is None or answering.status in (Status.CARRIED, Status.SUPPRESSED)
    if not plain or verdict == Verdict.CORRECT:
        return answering.decision.key if answering else artifact.digest, _derive
    before = answering.decision if answering else None
    return before.key if before else artifact.digest, lambda decision: store_one(decision, before, stamp)


def _derive(_: Decision) -> bool:
    """No short way."""
    return False


def _key(artifact: Artifact) -> str:
    """The key of the decision that stands on this finding, if one does, though it was made on other words, or on an earlier
    version. Else its digest, unless that stands for another finding: a twin that was in this place in a former text."""
    item, snapshot = effective_artifact(artifact.pk)
    if item.decision is not None:
        return item.decision.key
    taken = standing_decision(snapshot.article_id, artifact.digest) is not None
    return hashlib.sha256(f"{artifact.digest} {artifact.pk}".encode()).hexdigest() if taken else artifact.digest


def add(*, snapshot_id: int, actor: Actor, kind: str, finding: Mapping[str, Any], event: uuid.UUID | None = None) -> Decision:
    """Add a finding that the machine missed: `data` and `spans`, as in a correction."""
    require(actor, Operation.DECIDE)
    if kind not in kinds() or not kinds()[kind].reviewed:
        known = ", ".join(name for name, each in kinds().items() if each.reviewed)
        raise ValidationError({"kind": f"kind is {kind!r:.40}; it must be one of {known}"})
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    text = text_of(snapshot_id) or ""
    after = checked("finding", kind, finding, text)
    with transaction.atomic():
        lock(snapshot.article_id)
        return record(
            Decision(
                uuid=event or uuid.uuid4(),
                article_id=snapshot.article_id,
                snapshot=snapshot,
                key=Found.from_plain(after).digest,
                kind=kind,
                verdict=Verdict.ADD,
                after=after,
                anchors=anchors(after, text),
                text=text_digest(text),
                editor=actor.user,
                via=actor.via,
            )
        )
