"""Forget what was counted, and count it anew: for when the rules have changed, or somebody doubts a number."""

from django.db import transaction

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.scores.models import Cursor, Drift, Judgement, Measure, Pace, Score
from newsdesk.scores.services.cursor import position


def forget(*, actor: Actor) -> None:
    """Forget all that was counted; whoever counts next begins with the first decision and the first run."""
    require(actor, Operation.REPROCESS_MANY)
    cursors = ("decisions", "runs")
    for name in cursors:
        position(name)
    with transaction.atomic():
        list(Cursor.objects.select_for_update().filter(pk__in=cursors).order_by("pk"))  # nobody counts meanwhile
        for model in (Judgement, Score, Pace, Drift, Measure):
            model.objects.all().delete()
        Cursor.objects.filter(pk__in=cursors).update(last=0)
