"""Derive what became of an article's decisions, and store it for lists and counts.

Whoever dies on the way leaves a stamp that no longer fits: readers then derive it for themselves, and the sweep stores it.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from newsdesk.corpus.models import Snapshot
from newsdesk.host.registry import kind
from newsdesk.review.matching import Outcome, Status
from newsdesk.review.models import Decision, Placement, Reconciliation
from newsdesk.review.placing import standing, to_placement
from newsdesk.review.queries import newest_snapshot
from newsdesk.review.stamps import as_they_are, is_fresh
from newsdesk.sdk import Artifact as Found

CHECK_EVERY = timedelta(minutes=10)
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


def reconcile_stale(limit: int = 50) -> int:
    """Look at the articles that were looked at longest ago, and place anew where what is stored no longer fits."""
    due = Reconciliation.objects.filter(checked_at__lt=timezone.now() - CHECK_EVERY).order_by("checked_at")
    looked_at = list(as_they_are(due)[:limit])
    Reconciliation.objects.filter(pk__in=[each.pk for each in looked_at]).update(checked_at=timezone.now())
    return reconcile([each.pk for each in looked_at if not is_fresh(each)])


def lock(article_id: int) -> Reconciliation:
    """Have the decisions of an article for oneself until the transaction ends, so that no two derive past each other.

    Gives its stamp, with what holds now.
    """
    mine = Reconciliation.objects.filter(article_id=article_id)
    if not mine.select_for_update().exists():
        Reconciliation.objects.get_or_create(article_id=article_id, defaults={"checked_at": timezone.now()})
        mine.select_for_update().get()
    return as_they_are(mine).get()


def store(article_id: int) -> None:
    """Derive and store; the lock must be held. Writes no more than what changed.

    What holds is asked before it is read: if a worker commits in between, the stamp is stale and not wrong.
    """
    holds = as_they_are(Reconciliation.objects.filter(article_id=article_id)).get()
    snapshot = newest_snapshot(article_id)
    if snapshot is None:
        return
    now = standing(snapshot, stored=False)
    wanted = {number: to_placement(outcome, now.decisions[number], snapshot) for number, outcome in now.outcomes.items()}
    there = {row.pk: row for row in Placement.objects.filter(article=article_id)}
    fields = [field.attname for field in Placement._meta.concrete_fields]
    fits = {
        number
        for number in wanted.keys() & there.keys()
        if all(getattr(wanted[number], name) == getattr(there[number], name) for name in fields)
    }
    Placement.objects.filter(pk__in=there.keys() - fits).delete()
    Placement.objects.bulk_create([row for number, row in wanted.items() if number not in fits])
    reviewed = {row.digest for row in now.artifacts if kind(row.kind).reviewed}
    _stamp(holds, snapshot, holds.decision_now, holds.decisions_now, len(reviewed - now.answered.keys()))


def store_one(decision: Decision, standing_before: Decision | None, holds: Reconciliation) -> bool:
    """Store what a verdict on a finding of the present comes to, where that is plain: it answers for this finding, in the
    place of what stood on it before, and all else stays. Says whether it was; else all must be derived.

    `holds` is the stamp as `lock` gave it, before the decision was stored.
    """
    found = Found.from_plain(decision.before)
    status = Status.SUPPRESSED if decision.verdict == Decision.Verdict.REJECT else Status.CARRIED
    row = to_placement(Outcome(status, found.spans, found.digest), decision, decision.snapshot)
    others = Placement.objects.filter(article=decision.article_id, status__in=[Status.KEPT, Status.COVERED])
    if any(each.status == Status.COVERED or each.spans == row.spans for each in others):
        return False
    if standing_before is not None:
        Placement.objects.filter(decision=standing_before).delete()
    row.save(force_insert=True)
    left = holds.open if standing_before is not None else max(0, holds.open - 1)
    _stamp(holds, decision.snapshot, decision.pk, holds.decisions_now + 1, left)
    return True


def _stamp(holds: Reconciliation, snapshot: Snapshot, decision: int, decisions: int, left: int) -> None:
    """Say that what is stored was derived from what held, and how many findings are left open."""
    Reconciliation.objects.filter(pk=holds.pk).update(
        snapshot=snapshot,
        runs=holds.runs_now,
        decision=decision,
        decisions=decisions,
        open=left,
        checked_at=timezone.now(),
    )
