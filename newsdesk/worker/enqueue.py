"""Nudge workers after the transaction that made work for them. A nudge that is lost costs seconds, never an article."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from newsdesk.access.policy import Actor
from newsdesk.host.conf import conf
from newsdesk.processing import services as processing
from newsdesk.review.services import reconcile_stale
from newsdesk.scores import services as scores
from newsdesk.sdk import NewsdeskError
from newsdesk.shadow import services as shadow
from newsdesk.worker.celery import app
from newsdesk.worker.tasks import process_jobs, work_on_shadow_run

logger = logging.getLogger(__name__)

MAX_EMBEDDED_MESSAGES = 100
"""The embedded broker reads its whole folder for each message, so the queue is kept short; the sweep brings the rest."""

REST_SECONDS = 10
"""After a message could not be sent, none is tried for so long: each try may take seconds, and the sweep brings the job."""
_resting_until = float("-inf")


class BrokerUnreachable(NewsdeskError):
    """No message can be sent: what NEWSDESK_REDIS_URL names does not answer."""


def reach_broker(seconds: float = 3) -> None:
    """Raise BrokerUnreachable unless the broker answers within a few seconds."""
    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=seconds)
    except Exception as error:  # as in _publish
        raise BrokerUnreachable(
            f"NEWSDESK_REDIS_URL: Redis does not answer ({error}); start it, or unset the variable"
        ) from error


def submit(**document: Any) -> processing.Submission:
    """Take a document in and nudge a worker. Parameters and errors are those of `processing.services.submit`."""
    submission = processing.submit(**document)
    if submission.job.state == submission.job.State.QUEUED:
        nudge([submission.job.pk])
    return submission


def reprocess(*, snapshot_ids: Sequence[int], actor: Actor) -> int:
    """Queue snapshots again; the sweep hands them out."""
    return processing.reprocess(snapshot_ids=snapshot_ids, actor=actor)


def request_shadow_run(**asked: Any) -> int:
    """Ask for a shadow run, nudge a worker, give its number. Parameters and errors are those of `shadow.services.request`."""
    number = shadow.request(**asked).pk
    transaction.on_commit(lambda: _send_shadow_runs([number]), robust=True)
    return number


def nudge(job_ids: Sequence[int]) -> None:
    """Send the jobs to workers, in batches, once the present transaction is committed."""
    ids = list(job_ids)
    transaction.on_commit(lambda: _send(ids), robust=True)  # no partial: Django asks a robust callback for its name


def sweep(limit: int = 2_000) -> int:
    """Hand out what no worker has and no recent message speaks of. Says how many jobs it sent.

    Decisions that a worker processed past and died before it placed them anew are placed here. Then the scorecards are
    brought up to date.
    """
    _send_shadow_runs(shadow.hand_out())
    processing.rearm_outdated(limit)
    reconcile_stale()
    room = _room()
    sent = processing.hand_out(min(limit, room * conf().batch))
    handed_out = len(sent) if _publish(sent) else 0
    _keep_scores()
    return handed_out


def _keep_scores() -> None:
    """Count what editors and processors did, once all work is handed out. Whatever is wrong with it, the work goes on."""
    try:
        scores.keep_up()
    except Exception:
        logger.exception("the scorecards could not be brought up to date; the next sweep tries again")


def _send(job_ids: list[int]) -> None:
    global _resting_until
    if time.monotonic() < _resting_until or not _room():
        return
    if _publish(job_ids):
        processing.mark_handed_out(job_ids)
    else:
        _resting_until = time.monotonic() + REST_SECONDS


def _publish(job_ids: Sequence[int]) -> bool:
    batches = (list(job_ids[first : first + conf().batch]) for first in range(0, len(job_ids), conf().batch))
    return _deliver(process_jobs.delay, batches)


def _send_shadow_runs(run_ids: Sequence[int]) -> None:
    if run_ids and _room() and _deliver(work_on_shadow_run.delay, run_ids):
        shadow.mark_handed_out(*run_ids)


def _deliver(send: Callable[[Any], object], messages: Iterable[Any]) -> bool:
    try:
        for message in messages:
            send(message)
    except Exception as error:  # down, full, gone: brokers have many ways, and the database has the work
        logger.warning("no worker could be nudged; the sweep will try again: %s", error)
        return False
    return True


def _room() -> int:
    """How many more messages the broker may take."""
    if not conf().embedded_broker:
        return 1_000_000
    folder = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"])
    return max(0, MAX_EMBEDDED_MESSAGES - sum(1 for _ in folder.glob("*")))
