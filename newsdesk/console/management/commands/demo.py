"""`manage.py demo`, behind `make demo`: the whole way once, from nothing to who said what."""

import signal
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from newsdesk.access.policy import Actor
from newsdesk.access.services import create_account, create_key
from newsdesk.console import stack
from newsdesk.console.management.commands.receive import documents, receive
from newsdesk.console.management.commands.serve import free_port, serve
from newsdesk.console.report import report
from newsdesk.console.supervisor import Supervisor
from newsdesk.console.watch import watch
from newsdesk.export.queries import records
from newsdesk.host.conf import conf

EDITOR = "editor"


class Command(BaseCommand):
    help = "Set up, receive the seeds, have a worker process them, print what came out, and serve."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("seeds", type=Path, help="the folder of documents")
        parser.add_argument("--no-serve", action="store_true", help="end after the printing")

    def handle(self, *, seeds: Path, no_serve: bool, **_: Any) -> None:
        console = Console()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        console.print("Setting up the database ...")
        call_command("migrate", verbosity=0)
        self._make_editor(console)
        files = list(documents([seeds]))
        if not files:
            raise CommandError(f"there are no documents in {seeds}")
        try:
            with Supervisor(conf().data / "logs") as supervisor:
                supervisor.start("worker", stack.worker())
                supervisor.start("sweep", stack.sweep())
                new = sum(receive(path, source="seeds") for path in files)
                console.print(f"{len(files)} documents: {new} received, {len(files) - new} known already")
                states = watch(console, supervisor.look_after)
                report(console, records())
                console.print()
                if not no_serve:
                    serve(supervisor, free_port(), self.stdout.write)
        except KeyboardInterrupt:
            console.print("Stopped. Everything is kept; start again at any time.")
            sys.exit(130)
        if set(states) - {"done"}:
            shown = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
            raise CommandError(f"not every document was processed: {shown}; see {conf().data / 'logs' / 'worker.log'}")
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
