"""CPU time and memory of whole trees of processes, from the kernel's books."""

import os
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        if (fields := _fields(stat)) is not None:
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """The CPU time that these processes, their descendants and those that have ended already took."""
    every = {each for pid in pids for each in tree(pid)}
    spent = (_fields(Path(f"/proc/{pid}/stat")) for pid in every)
    return sum(sum(map(int, fields[11:15])) for fields in spent if fields is not None) / _TICKS


def memory_mb(pids: Iterable[int]) -> float:
    """The resident memory of these processes, in MB."""
    total = 0
    for pid in pids:
        fields = _fields(Path(f"/proc/{pid}/stat"))
        total += int(fields[21]) * _PAGE if fields is not None else 0
    return total / 1e6


def _fields(stat: Path) -> list[str] | None:
    try:
        return stat.read_text().rpartition(")")[2].split()
    except OSError:
        return None  # it has ended meanwhile
