"""Workers under a supervisor that starts again whatever a test kills."""

import contextlib
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.installation import Site


class Crew:
    """So many workers with so many processes each. `dice` decides what is killed, the same way for the same seed."""

    def __init__(self, site: Site, workers: int, processes: int, seed: int = 1) -> None:
        self._site, self._processes = site, processes
        self._dice = random.Random(seed)
        self.starts = 0
        self.workers = [self._start() for _ in range(workers)]
        self.killed = {"worker": 0, "process": 0}

    def _start(self) -> subprocess.Popen[bytes]:
        self.starts += 1
        return self._site.start_worker(f"--concurrency={self._processes}")

    def tend(self) -> None:
        """Start again what has died."""
        self.workers = [each if each.poll() is None else self._start() for each in self.workers]

    def kill_one(self) -> None:
        """Kill a worker's own process or one of its children, at random."""
        worker = self._dice.choice(self.workers)
        children = children_of(worker.pid)
        victim = self._dice.choice([worker.pid, *children])
        self.killed["worker" if victim == worker.pid else "process"] += 1
        kill_hard(victim)

    def suffer(self, count: int, kills: int, seconds: float) -> None:
        """Be killed so many times while so many documents are processed, evenly over the documents, and go on to the end."""
        deadline = time.monotonic() + seconds
        while (done := self._site.states().get("done", 0)) < count:
            assert time.monotonic() < deadline, f"{done} of {count} are done after {seconds} s\n{self._site.log()}"
            if sum(self.killed.values()) < min(kills, done * (kills + 1) // count):
                self.kill_one()
            self.tend()
            time.sleep(self._dice.uniform(0.05, 0.3))

    def rest(self, seconds: float) -> None:
        """Go on for a while, whatever comes of it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.tend()
            time.sleep(0.2)

    def send(self, number: signal.Signals) -> None:
        """Signal each worker's own process."""
        for worker in self.workers:
            worker.send_signal(number)


def kill_hard(pid: int) -> None:
    """kill -9, if it is still there."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def frozen(*pids: int) -> Iterator[None]:
    """Processes that are there and do nothing, for a while."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def children_of(pid: int) -> list[int]:
    """The processes that this one started."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    with contextlib.suppress(OSError):
        return sorted(int(child) for each in lists for child in each.read_text().split())
    return []


def family_of(pid: int) -> list[int]:
    """A process, and all that it started and they started."""
    return [pid, *(each for child in children_of(pid) for each in family_of(child))]
