"""What each worker process keeps: its own warm process for plugins, a database connection that works, and whether to stop.

Processes are forked from the worker, so they share a byte with it, and the worker alone hears that it is to stop. Nothing
can hold a byte: a process that is killed at any line leaves it as it is.
"""

import atexit
import gc
import logging
import mmap

from celery.signals import task_prerun, worker_process_init, worker_process_shutdown, worker_shutting_down
from django.db import close_old_connections

from newsdesk.host.runner import Runner, make_runner

GARBAGE = 50_000
"""So many objects more, and the collector looks for cycles among the new ones; a batch makes tens of thousands."""

logger = logging.getLogger(__name__)
_runner: Runner | None = None
_stopped = mmap.mmap(-1, 1)


def stopped() -> bool:
    """Whether the worker was asked to stop, so that no process of it should begin with another document."""
    return _stopped[0] != 0


def runner() -> Runner:
    """This process's runner, made at the first call; it starts its own process when it is first used."""
    global _runner
    if _runner is None:
        _runner = make_runner()
        atexit.register(close)
    return _runner


def close(**_: object) -> None:
    """End the plugins' process, if there is one."""
    global _runner
    if _runner is not None:
        _runner.close()
        _runner = None


@worker_process_init.connect
def _warm_up(**_: object) -> None:
    """Have the plugins loaded before the first document comes."""
    try:
        runner().start()
    except Exception:  # the first call tries again and reports it as the run's failure
        logger.exception("the plugins' process did not start")
    gc.freeze()  # what is loaded by now stays, and need not be gone through again and again for what does not
    gc.set_threshold(GARBAGE)


@task_prerun.connect
def _mend_connection(**_: object) -> None:
    """As before each request: Celery keeps a connection that broke, and each task after that would fail with it."""
    close_old_connections()


@worker_shutting_down.connect
def _stop(**_: object) -> None:
    _stopped[0] = 1


worker_process_shutdown.connect(close)
worker_shutting_down.connect(close)
