"""Threads that a plugin's import leaves running: a command that imported it would wait for them, and never come to an end."""

import threading
import time
from concurrent.futures import thread as executors


class Lingering:
    """Looks for threads that were left. One may take `patience` seconds to end by itself."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._known = set(threading.enumerate())

    def left(self) -> str | None:
        """What is wrong with the code that ran since the last time, if it left threads for which an interpreter waits."""
        fresh = [each for each in threading.enumerate() if each not in self._known and _is_waited_for(each)]
        until = time.monotonic() + self._patience
        for each in fresh:
            each.join(max(0.0, until - time.monotonic()))
        self._known = set(threading.enumerate())
        still = [each.name for each in fresh if each.is_alive()]
        if not still:
            return None
        return f"importing it leaves a thread running ({still[0]:.60}), for which every command would wait; make it a daemon"


def _is_waited_for(each: threading.Thread) -> bool:
    return not each.daemon and each not in getattr(executors, "_threads_queues", {})  # executors end theirs at the exit
