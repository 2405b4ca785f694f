"""Derive what became of an article's decisions, and store it for lists and counts.

Whoever dies on the way leaves a stamp that no longer fits: readers then derive it for themselves, and the sweep stores it.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from newsdesk.review.models import Placement, Reconciliation
from newsdesk.review.placing import standing, to_placement
from newsdesk.review.queries import newest_snapshot
from newsdesk.review.stamps import as_they_are, is_fresh

CHECK_EVERY = timedelta(minutes=1)
"""So often at most the sweep looks whether what is stored for an article still fits."""


def reconcile(article_ids: Iterable[int]) -> int:
    """Place the decisions on these articles anew. Says how many it did; twice is the same as once."""
    done = 0
    for article_id in article_ids:
        snapshot = newest_snapshot(article_id)
        if snapshot is not None:
            standing(snapshot, stored=False)  # so that the words are found before anybody has to wait for the lock
            with transaction.atomic():
                lock(article_id)
                store(article_id)
            done += 1
    return done


def reconcile_stale(limit: int = 100) -> int:
    """Look at the articles that were looked at longest ago, and place anew where what is stored no longer fits."""
    due = Reconciliation.objects.filter(checked_at__lt=timezone.now() - CHECK_EVERY).order_by("checked_at")
    looked_at = list(as_they_are(due)[:limit])
    Reconciliation.objects.filter(pk__in=[each.pk for each in looked_at]).update(checked_at=timezone.now())
    return reconcile([each.pk for each in looked_at if not is_fresh(each)])


def lock(article_id: int) -> None:
    """Have the decisions of an article for oneself until the transaction ends, so that no two derive past each other."""
    Reconciliation.objects.get_or_create(article_id=article_id, defaults={"checked_at": timezone.now()})
    Reconciliation.objects.select_for_update().get(article_id=article_id)


def store(article_id: int) -> None:
    """Derive and store; the lock must be held. Writes no more than what changed."""
    snapshot = newest_snapshot(article_id)
    if snapshot is None:
        return
    now = standing(snapshot, stored=False)
    wanted = {number: to_placement(outcome, now.decisions[number], snapshot) for number, outcome in now.outcomes.items()}
    there = {row.pk: row for row in Placement.objects.filter(article=article_id)}
    fields = [field.attname for field in Placement._meta.concrete_fields if not field.primary_key]
    changed = [
        row
        for number, row in wanted.items()
        if number in there and any(getattr(row, name) != getattr(there[number], name) for name in fields)
    ]
    gone = there.keys() - wanted.keys()
    if gone:
        Placement.objects.filter(pk__in=gone).delete()
    Placement.objects.bulk_create([row for number, row in wanted.items() if number not in there])
    if changed:
        Placement.objects.bulk_update(changed, [name.removesuffix("_id") for name in fields])
    stamp = as_they_are(Reconciliation.objects.filter(article=article_id)).get()
    Reconciliation.objects.filter(article=article_id).update(
        snapshot=snapshot,
        runs=stamp.runs_now,
        decision=stamp.decision_now,
        decisions=stamp.decisions_now,
        checked_at=timezone.now(),
    )
