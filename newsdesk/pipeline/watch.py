"""Looks after a call while it goes on, for what the kernel does not count: processes, and what they take together."""

import os

from newsdesk.pipeline.descent import proportional_memory, usage
from newsdesk.pipeline.limits import Limits, multiplied, overspent, spilled, swollen
from newsdesk.pipeline.warm import WarmProcess

LOOKS_TO_A_WALK = 5
BLOCK = 4096


class Watch:
    """A look at one call. Raises what the call is to be stopped with.

    `memory` is what the whole process may hold, with what other processors keep in it.
    """

    def __init__(self, name: str, limits: Limits, memory: int, process: WarmProcess) -> None:
        self._name = name
        self._memory = memory
        self._limits = limits
        self._process = process
        self._cpu: float | None = None
        self._looks = 0

    def __call__(self) -> None:
        if not self._process.alive:
            raise EOFError  # though somebody holds the line
        now = usage(self._process.root, self._limits.processes)
        if self._cpu is None:
            self._cpu = now.cpu
        if now.tasks > self._limits.processes:
            raise multiplied(self._name, self._limits)
        if now.cpu - self._cpu > self._limits.cpu:
            raise overspent(self._name, self._limits)
        if now.memory > self._memory and proportional_memory(self._process.root) > self._memory:
            raise swollen(self._name, self._memory)
        self._looks += 1
        if self._looks % LOOKS_TO_A_WALK == 0 and _folder_size(self._process.folder, self._limits.disk) > self._limits.disk:
            raise spilled(self._name, self._limits)


def _folder_size(folder: str, most: int) -> int:
    """Bytes in all files of a folder, a block at least for each; counts no further than to `most`."""
    total, waiting = 0, [folder]
    while waiting and total <= most:
        try:
            with os.scandir(waiting.pop()) as entries:
                for each in entries:
                    total += max(BLOCK, each.stat(follow_symlinks=False).st_blocks * 512)
                    if each.is_dir(follow_symlinks=False):
                        waiting.append(each.path)
        except OSError:  # removed meanwhile
            continue
    return total
