"""How far the work has come, as a bar: counted in the database, by the jobs that have ended."""

import time
from collections import Counter
from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from newsdesk.processing.queries import OPEN_STATES, progress

INTERVAL = 0.2


def watch(console: Console, meanwhile: Callable[[], None] = lambda: None) -> Counter[str]:
    """Show progress until no job is open, and give the states of all of them. `meanwhile` is called in between."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Processing", total=None, failed=0)
        while True:
            states = progress()
            open_jobs = sum(states[state] for state in OPEN_STATES)
            total = sum(states.values())
            failed = total - open_jobs - states["done"]
            bar.update(task, total=total, completed=total - open_jobs, failed=failed)
            if not open_jobs:
                return states
            meanwhile()
            time.sleep(INTERVAL)
