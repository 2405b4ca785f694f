"""What of plugins ran, when, and how long: a line each on standard error, where the operator asks for it.

The same lines from web, workers, commands, the plain command, and the plugins' own process.
"""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from datetime import datetime

TRACED = "NEWSDESK_TRACE_PLUGINS"


def tracing() -> bool:
    """Whether the operator asks for it."""
    return os.environ.get(TRACED, "").lower() in ("1", "true", "yes")


@contextlib.contextmanager
def traced(what: str) -> Iterator[list[str]]:
    """Say afterwards that this ran, with what was put into the list meanwhile, and what it raised if it did."""
    came_of_it: list[str] = []
    if not tracing():
        yield came_of_it
        return
    at, started = datetime.now(), time.perf_counter()
    try:
        yield came_of_it
    except BaseException as error:
        came_of_it.append(f"raised {type(error).__name__}")
        raise
    finally:
        seconds = time.perf_counter() - started
        words = ", ".join((f"{what}: {seconds:.4f} s", *came_of_it))
        with contextlib.suppress(OSError, ValueError, AttributeError):  # nobody may listen any more
            line = f"plugins {at:%H:%M:%S.%f} pid {os.getpid()} {words}"
            print("".join(each if each.isprintable() else "?" for each in line), file=sys.stderr, flush=True)
