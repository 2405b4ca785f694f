"""`manage.py process`: process what is due, here and now, or watch the workers do it; process a choice of articles again."""

from argparse import ArgumentTypeError
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from newsdesk.access.policy import Actor
from newsdesk.console.watch import watch
from newsdesk.host.conf import conf
from newsdesk.host.runner import Runner, make_runner
from newsdesk.processing import services as processing
from newsdesk.processing.batches import lasting, title
from newsdesk.processing.selection import Forecast, Selection, forecast
from newsdesk.review.queries import articles_decided_on, decided_among
from newsdesk.review.services import reconcile


class Command(BaseCommand):
    help = (
        "Process what is due, in this process. With --watch, leave it to the workers and show how far they are. "
        "With --again or a choice of articles, queue those first; decisions stay, and unchanged results are kept."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)  # our --version, not Django's

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="only show the workers' progress")
        parser.add_argument("--batch", type=int, metavar="N", help="with --watch: the progress of this batch")
        parser.add_argument("--again", action="store_true", help="queue all articles again, but those in quarantine")
        parser.add_argument("--dry-run", action="store_true", help="say what it would come to, and change nothing")
        choice = parser.add_argument_group("which articles again")
        choice.add_argument("--processor", default="", help="run this one afresh, and what depends on what it finds")
        choice.add_argument("--version", default="", help="where this version's result stands now")
        choice.add_argument("--source", default="", help="of this source, by its short name")
        choice.add_argument("--state", default="", help="in this state: done, failed, quarantined")
        choice.add_argument("--query", default="", dest="words", help="with these words in title or address")
        choice.add_argument("--articles", type=_numbers, default=(), metavar="N,N", help="with these numbers")

    def handle(self, *, watch: bool, batch: int | None, again: bool, dry_run: bool, **given: Any) -> None:
        selection = Selection(**{name: given[name] for name in Selection.__dataclass_fields__})
        try:
            if dry_run:
                self.stdout.write("\n".join(foretold(selection)))
                return
            if again or selection.plain():
                queued = processing.reprocess_many(selection=selection, actor=Actor.operator())
                self.stdout.write(f"batch {queued.pk}: {_many(queued.jobs, 'document')} queued ({title(queued.asked)})")
                batch = queued.pk
            else:
                processing.rearm_outdated(1_000_000)
            states = follow(Console(stderr=True), batch) if watch else work(Console(stderr=True), batch)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except ObjectDoesNotExist as error:
            raise CommandError(f"there is no batch {batch}; the desk's page of batches lists them") from error
        self.stdout.write(", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "nothing to process")
        if set(states) - {"done"}:
            raise CommandError("not every article was processed; the desk's page of failures says why")


def foretold(selection: Selection) -> list[str]:
    """What processing a choice again would come to, in sentences."""
    found = forecast(selection)
    if not found.documents:
        return ["Nothing matches: no document that has ended is as asked for."]
    decided = decided_among(selection, found.kinds)
    return [
        f"{_many(found.articles, 'article')} ({_many(found.documents, 'document')}) would be queued again.",
        _calls(selection, found),
        f"Computing would take {lasting(found.seconds)} at most, by the last runs; "
        f"{_many(conf().workers, 'worker')} to share it.",
        f"Decisions on what is found again: {decided:,}. Every decision stays.",
    ]


def follow(console: Console, batch_id: int | None = None) -> dict[str, int]:
    """Watch the workers."""
    return dict(watch(console, batch_id=batch_id))


def work(console: Console, batch_id: int | None = None) -> dict[str, int]:
    """Process here until nothing is due, or nothing of the batch."""
    with make_runner() as runner:
        return dict(watch(console, lambda: _batch(runner), batch_id))


def _batch(runner: Runner) -> bool:
    """Process what is due, and place decisions anew, as a worker does."""
    due = processing.hand_out(conf().batch, spoken=True)
    ended = processing.process(due, call=runner)
    reconcile(articles_decided_on(due))
    return bool(ended)


def _calls(selection: Selection, found: Forecast) -> str:
    if not found.calls:
        return "Every result is there and would be kept, so no processor would run."
    if not selection.processor:
        return f"What has no result would run: {_times(found.calls)}."
    first, *then = found.calls
    also = f" What has no result would run too: {_times(found.also)}." if found.also else ""
    return f"{first} would run afresh" + (f", and where it finds something else, {', '.join(then)}." if then else ".") + also


def _times(calls: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,} ×" for name, count in calls.items())


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def _numbers(text: str) -> tuple[int, ...]:
    """Numbers of articles, as in 12,15."""
    try:
        return tuple(int(each) for each in text.split(","))
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} must be numbers of articles, as in 12,15") from error
