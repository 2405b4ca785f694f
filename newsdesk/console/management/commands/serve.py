"""`manage.py serve`: web, worker and sweep on this machine, under one supervisor."""

import errno
import signal
import socket
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsdesk.console import stack
from newsdesk.console.supervisor import Supervisor
from newsdesk.host.conf import conf


class Command(BaseCommand):
    help = "Serve the desk and the API and process what comes in, until Ctrl-C."

    def handle(self, **_: Any) -> None:
        port = free_port()
        with Supervisor(conf().data / "logs") as supervisor:
            supervisor.start("worker", stack.worker())
            supervisor.start("sweep", stack.sweep())
            serve(supervisor, port, self.stdout.write)


def serve(supervisor: Supervisor, port: int, say: Callable[[str], Any]) -> None:
    """Start the web server and keep everything running until somebody says stop."""
    stopped: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: stopped.append(received))
    supervisor.start("web", stack.web(port))
    address = f"http://{conf().host}:{port}"
    say(f"Desk      {address}/")
    say(f"API       {address}/api/v1/docs")
    say(f"Logs      {supervisor.logs}")
    say("Ctrl-C stops everything.")
    while not stopped:
        supervisor.look_after()
        time.sleep(0.2)
    say("Stopping ...")
    supervisor.stop()
    say("Stopped. Everything is kept; start again at any time.")


def free_port() -> int:
    """The port that was asked for, or the next one that is free."""
    wanted = conf().port
    for port in range(wanted, min(wanted + 20, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((conf().host, port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise CommandError(f"NEWSDESK_HOST is {conf().host!r}, on which nobody can listen: {error}") from error
                continue
            return port
    raise CommandError(f"ports {wanted} to {wanted + 19} are all taken; set NEWSDESK_PORT to a free one")
