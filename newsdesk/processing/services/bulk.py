"""Bulk work: queue many documents as one batch that can be followed, and taken back as far as it has not begun."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.processing.models import Batch, Job
from newsdesk.processing.selection import Selection, chosen
from newsdesk.processing.services.queue import queue


def reprocess_many(*, selection: Selection, actor: Actor) -> Batch:
    """Queue all documents of a selection. Raises ValidationError if there are none, or the selection makes no sense."""
    require(actor, Operation.REPROCESS_MANY)
    if selection.state == Job.State.QUARANTINED:
        require(actor, Operation.RELEASE)
    selection.clean()
    afresh = [selection.processor] if selection.processor else []
    return start({"do": "reprocess", **selection.plain()}, chosen(selection), actor, afresh)


def start(asked: Mapping[str, Any], jobs: QuerySet[Job], actor: Actor, afresh: Sequence[str] = ()) -> Batch:
    """Queue these jobs as a batch. The caller has checked the actor. Raises ValidationError if there are none."""
    with transaction.atomic():
        batch = Batch.objects.create(asked=dict(asked), asked_by=actor.user, via=actor.via)
        batch.jobs = queue(jobs, batch=batch, afresh=afresh)
        if not batch.jobs:
            raise ValidationError(_("Nothing matches: no document that has ended is as asked for. Nothing was queued."))
        batch.save(update_fields=["jobs"])
    return batch


def cancel(*, batch_id: int, actor: Actor) -> int:
    """Take back what no worker has begun: those jobs are as they were before. Says how many. Raises Batch.DoesNotExist."""
    require(actor, Operation.REPROCESS_MANY)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        unbegun = Job.objects.filter(batch=batch, state=Job.State.QUEUED, attempts=0).exclude(former_state="")
        free = unbegun.order_by("pk").select_for_update(skip_locked=True)  # one that is locked is just being begun
        count = Job.objects.filter(pk__in=free.values("pk")).update(
            state=F("former_state"), batch=None, afresh=[], nudged_at=None, finished_at=Now()
        )
        if batch.cancelled_at is None:
            Batch.objects.filter(pk=batch.pk).update(cancelled_at=Now())
    return count
