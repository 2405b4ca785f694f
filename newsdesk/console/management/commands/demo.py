"""`manage.py demo`, behind `make demo`: the whole way once, from nothing to who said what."""

import signal
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.markup import escape

from newsdesk.access.policy import Actor
from newsdesk.access.services import create_account, create_key
from newsdesk.console import stack
from newsdesk.console.management.commands.receive import documents, receive_all
from newsdesk.console.management.commands.serve import free_port, serve
from newsdesk.console.report import report
from newsdesk.console.supervisor import Supervisor
from newsdesk.console.watch import watch
from newsdesk.export.queries import records
from newsdesk.host.conf import conf
from newsdesk.worker.enqueue import BrokerUnreachable, reach_broker

EDITOR = "editor"
MAX_RESTARTS = 3


class Command(BaseCommand):
    help = "Set up, receive the seeds, have a worker process them, print what came out, and serve."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("seeds", type=Path, help="the folder of documents")
        parser.add_argument("--no-serve", action="store_true", help="end after the printing")

    def handle(self, *, seeds: Path, no_serve: bool, **_: Any) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # also where whoever started us had it ignored
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            self._demo(Console(), seeds, serving=not no_serve)
        except KeyboardInterrupt:
            self.stdout.write("Stopped. Everything is kept; start again at any time.")
            sys.exit(130)

    def _demo(self, console: Console, seeds: Path, *, serving: bool) -> None:
        files = list(documents([seeds])) if seeds.is_dir() else []
        if not files:
            raise CommandError(f"there are no documents in {seeds}; name a folder of HTML or text files")
        check_broker()
        console.print("Setting up the database ...")
        call_command("migrate", verbosity=0)
        self._make_editor(console)
        with Supervisor(conf().data / "logs") as supervisor:
            supervisor.start("worker", stack.worker())
            supervisor.start("sweep", stack.sweep())
            received = receive_all(files, source="seeds")
            console.print(f"{len(files)} documents: {received}", highlight=False)
            for refused in received.refused:
                console.print(f"[red]refused[/] {escape(refused)}", highlight=False)
            states = watch(console, lambda: look_after(supervisor))
            report(console, records())
            console.print()
            if serving:
                serve(supervisor, free_port(), self.stdout.write)
        if received.refused or set(states) - {"done"}:
            shown = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
            reason = f"{shown or 'none'}, {len(received.refused)} refused"
            raise CommandError(f"not every document was processed: {reason}; see {supervisor.log('worker')}")
        console.print(f"[green]All {states['done']} documents processed.[/]")

    def _make_editor(self, console: Console) -> None:
        made = create_account(username=EDITOR, role="editor", actor=Actor.operator())
        if made is None:
            console.print(
                f"Account   {EDITOR} (made at an earlier start; `manage.py changepassword {EDITOR}` sets a new password)"
            )
            return
        user, password = made
        _key, secret = create_key(owner=user, name="demo", scope="write", actor=Actor.operator())
        console.print(f"Account   {EDITOR}, password [bold]{password}[/] (shown once)", highlight=False)
        console.print(f"API key   [bold]{secret}[/] (shown once)", highlight=False, soft_wrap=True)


def check_broker() -> None:
    """Say at once that Redis is not there, rather than wait for it without end."""
    try:
        reach_broker()
    except BrokerUnreachable as error:
        raise CommandError(str(error)) from error


def look_after(supervisor: Supervisor) -> None:
    """Keep the processes running, but not one that dies again and again: then the reader must see why."""
    supervisor.look_after()
    for name in ("worker", "sweep"):
        if supervisor.restarts(name) > MAX_RESTARTS:
            raise CommandError(f"the {name} dies again and again; {supervisor.log(name)} says why")
