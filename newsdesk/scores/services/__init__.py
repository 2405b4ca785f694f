"""Bring the counts up to date, or begin anew."""

import time
from datetime import timedelta

from newsdesk.scores.services.cursor import PATIENCE
from newsdesk.scores.services.decisions import count_decisions
from newsdesk.scores.services.look import look
from newsdesk.scores.services.recount import forget
from newsdesk.scores.services.runs import count_runs

__all__ = ["forget", "keep_up"]


def keep_up(seconds: float = 1.0, patience: timedelta = PATIENCE) -> int:
    """Count what came since the last time, for about so long at most. Says how many decisions and runs it counted.

    Any number may call it at once; each row is counted once. What is left is counted the next time.
    """
    until, done, sources = time.monotonic() + seconds, 0, set[int]()
    while True:
        decisions, (runs, of) = count_decisions(patience), count_runs(patience)
        done += decisions + runs
        sources |= of
        if not decisions + runs or time.monotonic() > until:
            break
    for source in sorted(sources):
        look(source)
    return done
