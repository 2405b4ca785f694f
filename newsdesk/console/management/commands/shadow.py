"""`manage.py shadow`: what a new version or option would change, computed here and now, and kept nowhere."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from newsdesk.access.policy import Actor
from newsdesk.console.comparison import show
from newsdesk.host.runner import make_runner
from newsdesk.sdk import NewsdeskError
from newsdesk.shadow.report import report
from newsdesk.shadow.services import compare


class Command(BaseCommand):
    help = (
        "Compare what stands with what the installed version of a processor finds, or would with other options. Stores nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("processor", help="the processor; whatever depends on it is compared too")
        parser.add_argument(
            "--option",
            action="append",
            default=[],
            metavar="NAME=JSON",
            help="an option over the present ones; may be repeated",
        )
        parser.add_argument("--articles", type=int, default=100, metavar="N", help="how many articles (default: %(default)s)")
        parser.add_argument("--source", default="", help="only articles of this source, by its short name")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--decided", action="store_true", help="the newest that editors decided on, not simply the newest")
        which.add_argument("--spread", action="store_true", help="spread over the archive, from the oldest to the newest")
        parser.add_argument(
            "--json", action="store_true", help="print the report as JSON; docs/shadow-report.md has its fields"
        )

    def handle(self, *, processor: str, articles: int, source: str, json: bool, **given: Any) -> None:
        which = "decided" if given["decided"] else "spread" if given["spread"] else "newest"
        asked = {"processor": processor, "articles": articles, "source": source, "which": which}
        try:
            made = compare_here(options=parsed(given["option"]), **asked)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except NewsdeskError as error:
            raise CommandError(str(error)) from error
        if json:
            self.stdout.write(dumps(made))
        else:
            show(Console(highlight=False), made)


def compare_here(**asked: Any) -> dict[str, Any]:
    """The report, with a bar on standard error meanwhile."""
    columns = (TextColumn("Comparing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with make_runner() as runner, Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Comparing", total=None)
        runner.start()  # or the first article would seem to take as long as this does
        for run in compare(actor=Actor.operator(), call=runner, **asked):
            bar.update(task, total=len(run.snapshots), completed=run.done)
    return report(run)


def parsed(given: list[str]) -> dict[str, Any]:
    """Options from NAME=JSON. Raises CommandError."""
    options: dict[str, Any] = {}
    for each in given:
        name, equals, value = each.partition("=")
        try:
            options[name] = json.loads(value)
        except (ValueError, RecursionError) as error:
            hint = "write it as NAME=JSON, as in min_confidence=0.5, languages='[\"de\"]' or mode='\"strict\"'"
            raise CommandError(f"--option {each[:80]!r} is not understood; {hint}") from error
        if not equals or not name:
            raise CommandError(f"--option {each[:80]!r} must be NAME=JSON")
    return options


def dumps(made: dict[str, Any]) -> str:
    """The report as JSON for a program."""
    return json.dumps(made, ensure_ascii=False, indent=2)
