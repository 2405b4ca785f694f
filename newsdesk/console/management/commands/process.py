"""`manage.py process`: process what is due, here and now, or watch the workers do it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from newsdesk.access.policy import Actor
from newsdesk.console.watch import watch
from newsdesk.host.conf import conf
from newsdesk.host.runner import Runner, make_runner
from newsdesk.processing import services as processing
from newsdesk.processing.queries import all_snapshot_ids
from newsdesk.review.queries import articles_decided_on
from newsdesk.review.services import reconcile


class Command(BaseCommand):
    help = "Process what is due, in this process. With --watch, leave it to the workers and show how far they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="only show the workers' progress")
        parser.add_argument("--again", action="store_true", help="queue every article again first; unchanged results are kept")

    def handle(self, *, watch: bool, again: bool, **_: Any) -> None:
        console = Console(stderr=True)
        processing.rearm_outdated(1_000_000)
        if again:
            processing.reprocess(snapshot_ids=all_snapshot_ids(), actor=Actor.operator())
        states = follow(console) if watch else work(console)
        self.stdout.write(", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "nothing to process")
        if set(states) - {"done"}:
            raise CommandError("not every article was processed; the admin's list of runs says why")


def follow(console: Console) -> dict[str, int]:
    """Watch the workers."""
    return dict(watch(console))


def work(console: Console) -> dict[str, int]:
    """Process batch after batch here until nothing is due."""
    with make_runner() as runner:
        return dict(watch(console, lambda: _batch(runner)))


def _batch(runner: Runner) -> None:
    due = processing.hand_out(conf().batch)
    processing.process(due, call=runner)
    reconcile(articles_decided_on(due))
