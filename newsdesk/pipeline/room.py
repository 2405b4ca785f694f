"""The room that a processor has in the plugins' process: limits before each call, order after it.

The kernel holds the process to these limits; the worker looks after the rest from outside, see
`newsdesk.pipeline.descent`. What cannot be put in order between two documents is worn out: a new process takes over.
"""

import contextlib
import math
import os
import resource
import signal
import threading
import time

from newsdesk.pipeline.descent import children

MAX_OPEN_FILES = 256
MAX_CALLS = 10_000
EXAMINE_EVERY = 8
"""Calls between two looks at what grows: memory and open files."""


class Room:
    """Limits, working folder and environment of this process."""

    def __init__(self, memory: int, disk: int) -> None:
        """Bound all that this process may ever take, loading included."""
        self._memory = _limit(resource.RLIMIT_AS, memory)
        self._disk = _limit(resource.RLIMIT_FSIZE, disk)
        _limit(resource.RLIMIT_NOFILE, MAX_OPEN_FILES)
        self._cpu = resource.getrlimit(resource.RLIMIT_CPU)[1]
        self._calls = 0
        self._warm_size: int | None = None
        self.furnish()

    def furnish(self) -> None:
        """Remember how things stand now: so they are put again after each call."""
        self._folder = os.getcwd()
        self._environment = dict(os.environ)
        self._threads = threading.active_count()
        self._files = _open_files()
        self._helpers = set(children(os.getpid()))

    def allow(self, cpu: float, memory: int, disk: int) -> None:
        """Give the call that begins so many seconds of CPU time, and so much memory beside what others hold already."""
        most = self._memory if memory >= self._memory else min(self._memory, _size() + memory)
        resource.setrlimit(resource.RLIMIT_AS, (most, self._memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (min(disk, self._disk), self._disk))
        until = math.ceil(time.process_time() + cpu)
        resource.setrlimit(resource.RLIMIT_CPU, (until if self._cpu < 0 else min(until, self._cpu), self._cpu))

    def tidy(self) -> str | None:
        """Put in order what the call left; say why this process should take no other, if so."""
        resource.setrlimit(resource.RLIMIT_AS, (self._memory, self._memory))
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._calls += 1
        try:
            os.chdir(self._folder)
            if os.environ.copy() != self._environment:
                os.environ.clear()
                os.environ.update(self._environment)
            return self._left_processes() or self._left_threads() or self._worn()
        except OSError as error:
            return f"its folder is gone: {error}"

    def _left_processes(self) -> str | None:
        """Whether a process runs still that the call started; what has ended is collected."""
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
            if not self._helpers or set(children(os.getpid())) - self._helpers:
                return "left processes running"
        return None

    def _left_threads(self) -> str | None:
        return "left threads running" if threading.active_count() > self._threads else None

    def _worn(self) -> str | None:
        if self._calls >= MAX_CALLS:
            return f"served {self._calls:,} calls"
        if self._calls % EXAMINE_EVERY:
            return None
        if _open_files() > self._files + MAX_OPEN_FILES // 2:
            return "left files open"
        if self._warm_size is None:  # models are loaded by now, and what is added is a leak
            self._warm_size = _size()
        if _size() - self._warm_size > (self._memory - self._warm_size) / 2:
            return "has grown by half of what its memory limit leaves"
        return None


def _limit(what: int, most: int) -> int:
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))
    return most


def _size() -> int:
    """Bytes of address space, which is what the limit counts; 0 where there is no /proc."""
    with contextlib.suppress(OSError), open("/proc/self/statm", "rb", buffering=0) as file:
        return int(file.read(100).split()[0]) * resource.getpagesize()
    return 0


def _open_files() -> int:
    with contextlib.suppress(OSError):
        return len(os.listdir("/dev/fd"))
    return 0
