"""`manage.py export`: write all processed articles in a format that an exporter plugin brings."""

import shutil
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsdesk.access.policy import Actor
from newsdesk.export.services import ExportFailed, deliver, opened


class Command(BaseCommand):
    help = "Export all processed articles with the findings that stand. Writes to the data folder; --print copies to here."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("exporter", nargs="?", default="jsonl", help="the format (default: %(default)s)")
        parser.add_argument("--reviewed", action="store_true", help="only findings that an editor decided on")
        parser.add_argument("--print", action="store_true", help="also write the file's content to standard output")

    def handle(self, *, exporter: str, reviewed: bool, print: bool, **_: Any) -> None:
        try:
            export = deliver(exporter=exporter, actor=Actor.operator(), reviewed_only=reviewed)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except ExportFailed as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"{export.articles} articles, {export.size:,} bytes: {export.file}")
        if print:
            with opened(export) as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
