"""What a process started, and what all of that takes, as /proc tells it. Where there is no /proc, nothing is known."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_PPID, _UTIME, _CSTIME, _THREADS, _RSS = 1, 11, 14, 17, 21
"""Places in /proc/PID/stat, counted from behind the command's name."""


@dataclass(frozen=True)
class Usage:
    """How many processes and threads there are, what CPU time they used, and how much memory they hold."""

    tasks: int = 0
    cpu: float = 0.0
    memory: int = 0


def usage(root: int, most: int) -> Usage:
    """What all that `root` started takes, at any depth, in whatever session; stops counting at more than `most` tasks."""
    tasks, ticks, pages = 0, 0, 0
    for pid in descent(root):
        if (stat := _stat(pid)) is not None:
            tasks += int(stat[_THREADS]) or 1  # one that has ended and was not collected has none
            ticks += sum(map(int, stat[_UTIME : _CSTIME + 1]))
            pages += int(stat[_RSS])
        if tasks > most:
            break
    return Usage(tasks, ticks / _TICKS, pages * _PAGE)


def proportional_memory(root: int) -> int:
    """The memory of all that `root` started, with what several of them share counted once. Exact, and slow."""
    total = 0
    for pid in descent(root):
        for line in _read(f"/proc/{pid}/smaps_rollup").splitlines():
            if line.startswith(b"Pss:"):
                total += int(line.split()[1]) * 1024
    return total


def descent(root: int) -> Iterator[int]:
    """The processes that `root` started, those that they started, and so on."""
    waiting = [root]
    while waiting:
        for child in children(waiting.pop()):
            yield child
            waiting.append(child)


def bearing(mark: str) -> list[int]:
    """The processes that have this in the environment that they were started with, or their parent was."""
    pids = [int(name) for name in os.listdir("/proc") if name.isdecimal()] if os.path.isdir("/proc/self") else []
    return [pid for pid in pids if os.fsencode(mark) in _read(f"/proc/{pid}/environ")]


def children(pid: int) -> list[int]:
    """The processes that `pid` started, and those that were left to it."""
    found: list[int] = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", "rb", buffering=0) as file:
                while part := file.read(65_536):
                    found += map(int, part.split())
    except FileNotFoundError:  # it ended meanwhile, or this kernel does not list them
        return [] if os.path.exists(f"/proc/self/task/{os.getpid()}/children") else _children_by_search(pid)
    except OSError:
        return []
    return found


def _children_by_search(parent: int) -> list[int]:
    everyone = (int(name) for name in os.listdir("/proc") if name.isdecimal()) if os.path.isdir("/proc/self") else ()
    return [pid for pid in everyone if (stat := _stat(pid)) is not None and int(stat[_PPID]) == parent]


def _stat(pid: int) -> list[bytes] | None:
    return _read(f"/proc/{pid}/stat").rpartition(b")")[2].split() or None


def _read(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read(65_536)
    except OSError:  # it has ended
        return b""
