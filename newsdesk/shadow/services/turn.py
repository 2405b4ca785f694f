"""A worker's turn at a shadow run: compute outside any transaction, keep what was counted by one update that a token guards.

A run may be begun twice, die at any line, or never be begun; whoever holds its lease goes on at the article after the
last one kept.
"""

import contextlib
import logging
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from newsdesk.host.conf import conf
from newsdesk.processing.rehearsal import Call
from newsdesk.processing.services import LeaseLost, from_now
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Document, NewsdeskError, Processor
from newsdesk.shadow.comparing import CandidateChanged, begin, compared
from newsdesk.shadow.models import ShadowRun

logger = logging.getLogger(__name__)

State = ShadowRun.State
SLICE_SECONDS = 10.0
"""After so long a worker turns to what else waits; the sweep sends the rest."""

KEEP_SECONDS = 1.0
"""Not after each of many quick articles: so long a worker may have counted in vain when it dies."""

MAX_ATTEMPTS = 3
"""So often may a run be begun without getting on by one article."""


def work(run_id: int, call: Call, stopped: Callable[[], bool] = lambda: False, seconds: float = SLICE_SECONDS) -> str:
    """Go on with a run for so long, if nobody else has it. Says how it stands then, or "taken".

    `stopped` is asked after each article whether to leave the rest to others.
    """
    token = uuid.uuid4()
    free = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=Now())
    ShadowRun.objects.filter(free, pk=run_id).update(
        state=State.RUNNING, token=token, lease_until=from_now(conf().lease_seconds), attempts=F("attempts") + 1
    )
    run = ShadowRun.objects.select_related("source").filter(pk=run_id, token=token).first()
    if run is None:
        return "taken"
    try:
        until = time.monotonic() + seconds
        return _work(_Held(run, call), lambda: stopped() or time.monotonic() > until)
    except LeaseLost as error:
        logger.warning("%s", error)
        return "taken"


def _work(held: "_Held", over: Callable[[], bool]) -> str:
    run = held.run
    if run.attempts > MAX_ATTEMPTS:
        return held.end(State.FAILED, f"the work stopped {MAX_ATTEMPTS} times at the same article; the worker's log says why")
    try:
        chosen = begin(run)
        held.keep()
        for _ in compared(run, chosen, held):
            if over():
                return held.give_back()
            held.keep_now_and_then()
    except LeaseLost:
        raise
    except CandidateChanged as error:
        return held.end(State.FAILED, str(error))
    except NewsdeskError as error:  # no finding about the candidate: it has no place in the plan, or no process to run in
        logger.warning("shadow run %s: %s", run.pk, error)
        return held.end(State.FAILED, str(error)) if run.attempts == MAX_ATTEMPTS else held.give_back(nudged_at=Now())
    return held.end(State.DONE)


class _Held:
    """A run that is this worker's until its lease runs out, and the way to call processors meanwhile."""

    def __init__(self, run: ShadowRun, call: Call) -> None:
        self.run = run
        self._call = call
        self._done = run.done
        self._kept_at = time.monotonic()

    def __call__(self, processor: Processor, document: Document) -> Iterable[Found]:
        if time.monotonic() > self._kept_at + conf().lease_seconds / 3:
            with contextlib.suppress(DatabaseError):  # no failure of the candidate's; what is lost shows when it is kept
                self._own.update(lease_until=from_now(conf().lease_seconds))
            self._kept_at = time.monotonic()
        return self._call(processor, document)

    def keep_now_and_then(self) -> None:
        """Keep what was counted, unless that was done a moment ago."""
        if time.monotonic() > self._kept_at + KEEP_SECONDS:
            self.keep()

    def keep(self, **changes: Any) -> None:
        """Keep what was counted. Raises LeaseLost."""
        run = self.run
        values: dict[str, Any] = {"candidate": run.candidate, "snapshots": run.snapshots, "tally": run.tally}
        values["attempts"] = 0 if run.done > self._done else run.attempts
        values["lease_until"] = from_now(conf().lease_seconds)
        if not self._own.update(**{**values, **changes}):
            raise LeaseLost(f"shadow run {run.pk} was taken over; what was counted is the new holder's to keep")
        self._kept_at = time.monotonic()

    def give_back(self, nudged_at: Any = None) -> str:
        """Leave the rest to whoever the sweep sends, at once or some time after `nudged_at`."""
        self.keep(state=State.QUEUED, token=None, lease_until=None, nudged_at=nudged_at)
        return State.QUEUED.value

    def end(self, state: State, reason: str = "") -> str:
        """It is over."""
        self.keep(state=state, token=None, lease_until=None, reason=reason, finished_at=Now())
        return state.value

    @property
    def _own(self) -> QuerySet[ShadowRun]:
        return ShadowRun.objects.filter(pk=self.run.pk, token=self.run.token, state=State.RUNNING)
