"""The desk's day in small: what arrived, what waits for an editor, and what is in trouble."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from newsdesk.corpus.models import Snapshot
from newsdesk.processing.ledger import troubled
from newsdesk.processing.models import Job
from newsdesk.processing.queries import progress
from newsdesk.review.queries import open_counts, pending
from newsdesk.scores.queries import drifting

SHOWN = 8
COUNTED = 100
"""Beyond so many the exact number helps nobody, and counting them all would."""


def the_day() -> dict[str, Any]:
    """What the start page shows, in a fixed number of queries."""
    waiting = list(pending().select_related("source", "synopsis")[: COUNTED + 1])
    shown = waiting[:SHOWN]
    counts = open_counts(_snapshot(article) for article in shown)
    states = progress()
    since = timezone.now() - timedelta(days=1)
    return {
        "arrived": Snapshot.objects.filter(received_at__gte=since).count(),
        "waiting": f"{COUNTED}+" if len(waiting) > COUNTED else str(len(waiting)),
        "next_up": [{"article": each, "open": counts.get(_snapshot(each), 0)} for each in shown],
        "in_work": states[Job.State.QUEUED] + states[Job.State.RUNNING],
        "processed": states[Job.State.DONE],
        "trouble": troubled(),
        "drifting": drifting(),
        "empty": not states,
    }


def _snapshot(article: Any) -> int | None:
    synopsis = getattr(article, "synopsis", None)
    return synopsis.snapshot_id if synopsis else None
