"""Take a decision back."""

import uuid

from django.db import transaction

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.review.models import Decision
from newsdesk.review.queries import standing_decision
from newsdesk.review.services.reconcile import lock
from newsdesk.review.services.record import record
from newsdesk.sdk.errors import NewsdeskError

Verdict = Decision.Verdict


class NothingToWithdraw(NewsdeskError):
    """No decision stands that could be taken back."""


def withdraw(*, decision: uuid.UUID, actor: Actor, event: uuid.UUID | None = None) -> Decision:
    """Take a decision back: what stood before it stands again. Only the latest on a finding can be taken back."""
    require(actor, Operation.DECIDE)
    with transaction.atomic():
        target = Decision.objects.get(uuid=decision)
        lock(target.article_id)
        if target.editor_id != actor.user.pk:  # type: ignore[union-attr]
            require(actor, Operation.WITHDRAW_OTHERS)
        done = Decision.objects.filter(withdraws=target).first()
        if done is not None:
            return done
        if standing_decision(target.article_id, target.key) != target:
            raise NothingToWithdraw("a newer decision stands on this finding; take that one back first")
        return record(
            Decision(
                uuid=event or uuid.uuid4(),
                article_id=target.article_id,
                snapshot_id=target.snapshot_id,
                artifact_id=target.artifact_id,
                key=target.key,
                kind=target.kind,
                anchors=target.anchors,
                text=target.text,
                verdict=Verdict.WITHDRAW,
                withdraws=target,
                editor=actor.user,
                via=actor.via,
            )
        )
