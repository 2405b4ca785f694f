"""How far the work has come, as a bar: counted in the database, by the jobs that have ended."""

import time
from collections import Counter
from collections.abc import Callable

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from newsdesk.processing.batches import batch, progress_of
from newsdesk.processing.queries import OPEN_STATES, progress

INTERVAL = 0.2


class RateColumn(ProgressColumn):
    """Documents a second: lately, or since the watching began while there is too little to tell."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or task.fields['mean']:.1f}/s", style="progress.data.speed")


def watch(console: Console, meanwhile: Callable[[], bool | None] = lambda: None, batch_id: int | None = None) -> Counter[str]:
    """Show progress, of one batch or of all, until no job is open, and give the states.

    `meanwhile` is called in between, and again at once for as long as it says that there was something to do.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed"),
        RateColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Processing", total=None, failed=0, mean=0.0)
        began, before = time.monotonic(), None
        while True:
            total, states = _states(batch_id)
            left = sum(states[state] for state in OPEN_STATES)
            failed, ended = states["failed"] + states["quarantined"], total - left
            before = ended if before is None else before
            mean = (ended - before) / max(INTERVAL, time.monotonic() - began)
            bar.update(task, total=total, completed=ended, failed=failed, mean=mean)
            if not left:
                return states
            until = time.monotonic() + INTERVAL
            while meanwhile() and time.monotonic() < until:
                pass
            time.sleep(max(0, until - time.monotonic()))


def _states(batch_id: int | None) -> tuple[int, Counter[str]]:
    """How many documents there are in all, and in which state how many of them."""
    if batch_id is None:
        states = progress()
        return sum(states.values()), states
    found = progress_of(batch(batch_id))
    return found.total, Counter(found.states)
