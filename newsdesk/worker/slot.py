"""What each worker process keeps: its own warm process for plugins, and whether it was asked to stop."""

import atexit
import gc
import logging

from celery.signals import worker_process_init, worker_process_shutdown, worker_shutting_down

from newsdesk.host.runner import Runner, make_runner

logger = logging.getLogger(__name__)
_runner: Runner | None = None


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


worker_process_shutdown.connect(close)
worker_shutting_down.connect(close)
