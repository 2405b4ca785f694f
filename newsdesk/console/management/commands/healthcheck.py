"""`manage.py healthcheck web|worker|sweep`: for whoever starts containers again when they hang."""

import time
import urllib.request
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from newsdesk.host.conf import conf
from newsdesk.worker.celery import app
from newsdesk.worker.pulse import age

SECONDS = 3
SWEEPS_MISSED = 20


class Command(BaseCommand):
    help = "End with status 0 if this machine's web server, worker or sweep works, and with the reason if not."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("part", choices=["web", "worker", "sweep"])

    def handle(self, *, part: str, **_: Any) -> None:
        {"web": check_web, "worker": check_worker, "sweep": check_sweep}[part]()
        self.stdout.write(f"{part} works")


def check_web() -> None:
    """The web server answers and reaches its database."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{conf().port}/ready", timeout=SECONDS) as answer:
            answer.read()
    except OSError as error:
        raise CommandError(f"the web server is not ready: {error}") from error


def check_worker() -> None:
    """This machine's worker answers a ping, and the database does too."""
    connection.ensure_connection()
    if conf().embedded_broker:
        raise CommandError("workers answer pings only through Redis; set NEWSDESK_REDIS_URL")
    if not app.control.ping(timeout=SECONDS, limit=1):
        raise CommandError("no worker answers")


def check_sweep() -> None:
    """The sweep of this machine came round lately."""
    seconds, most = age(time.time()), SWEEPS_MISSED * conf().sweep_seconds
    if seconds > most:
        raise CommandError(f"the sweep has not come round for {seconds:.0f} s; {most:.0f} s is the limit")
