"""Count each row once, though rows become visible in another order than that of their numbers.

A transaction that began earlier may commit later. So a gap in the numbers is waited for, until it is clear that nobody
fills it: a transaction that was rolled back leaves one too.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from newsdesk.scores.models import Cursor

PATIENCE = timedelta(minutes=1)
"""No transaction that stores runs or decisions takes so long."""


def position(name: str) -> int:
    """Up to which row was counted."""
    return Cursor.objects.get_or_create(pk=name)[0].last


def settled(rows: Iterable[tuple[Any, ...]], last: int, patience: timedelta) -> list[tuple[Any, ...]]:
    """Those of the rows before which none can come any more. Rows begin with their number and their time."""
    long_ago, taken = timezone.now() - patience, []
    for row in rows:
        if row[0] != last + 1 and row[1] > long_ago:
            break
        taken.append(row)
        last = row[0]
    return taken


def advance(name: str, last: int, to: int) -> bool:
    """Move on, in the transaction that stores the counts; False if somebody else did meanwhile, whose counts they then are."""
    return bool(Cursor.objects.filter(pk=name, last=last).update(last=to))
