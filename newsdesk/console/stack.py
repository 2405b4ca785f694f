"""The processes that make up a running Newsdesk on one machine, as commands."""

import os
import sys

from newsdesk.host.conf import conf


def worker() -> list[str]:
    """The Celery worker."""
    quiet = ["--loglevel=INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    name = f"newsdesk-{os.getpid()}@%h"
    return [sys.executable, "-m", "celery", "--app=newsdesk.worker.celery", "worker", *quiet, f"--hostname={name}"]


def sweep() -> list[str]:
    """The loop that finds what no nudge reached."""
    return [sys.executable, "-m", "django", "sweep", "--settings=newsdesk.config.settings"]


def web(port: int) -> list[str]:
    """The web server with both doors."""
    bind = f"--bind={conf().host}:{port}"
    threads = ["--worker-class=gthread", "--workers=1", "--threads=8", "--graceful-timeout=10", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", "newsdesk.config.wsgi", bind, *threads]
