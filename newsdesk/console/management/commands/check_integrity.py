"""`manage.py check_integrity`: what must always hold, held against the whole database."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsdesk.processing import integrity as processing
from newsdesk.review import integrity as review


class Command(BaseCommand):
    help = "Check the invariants of jobs, runs, artifacts and decisions; name each breach; end with status 1 if there is one."

    def handle(self, **_: Any) -> None:
        found = 0
        for breach in chain(processing.breaches(), review.breaches()):
            found += 1
            self.stdout.write(f"{breach.invariant}  {breach.thing} {breach.what}")
        if found:
            raise CommandError(f"{found} breaches")
        self.stdout.write("everything holds")
