"""`manage.py sweep`: the loop that finds what no nudge reached. Any number may run; one is enough."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from newsdesk.host.conf import conf
from newsdesk.worker.enqueue import sweep
from newsdesk.worker.pulse import beat

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Hand out jobs that no worker has: lost messages, dead workers, new versions and options. Runs until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="look once, then end")

    def handle(self, *, once: bool, **_: Any) -> None:
        if once:
            self.stdout.write(f"{sweep()} jobs handed out")
            return
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.wait(conf().sweep_seconds):
            try:
                sweep()
                beat()
            except DatabaseError as error:
                logger.warning("the database does not answer; the sweep will try again: %s", error)
            close_old_connections()
