"""Web servers that are killed while documents come in (F09): each acknowledged document is processed."""

import itertools
import random
import threading
from http.client import HTTPException

import pytest

from tests.faults.crew import children_of, kill_hard
from tests.faults.figures import Figures
from tests.faults.stage import NOTHING_LOST, holds, post, tally
from tests.installation import Site, wait_until

CLIENTS = 3
TEXTS = """
import json
from newsdesk.corpus.models import Snapshot
from newsdesk.processing.queries import text_of
print(json.dumps([text_of(each.pk) or "" for each in Snapshot.objects.all()]))
"""


def test_web_processes_killed_at_random_lose_nothing_that_they_acknowledged(either: Site, figures: Figures) -> None:
    """F09, in short."""
    assert killed_while_posting(either, figures, documents=60, kills=3) == (set(), NOTHING_LOST, True)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_three_hundred_posts_with_twenty_kills_lose_nothing_that_was_acknowledged(either: Site, figures: Figures) -> None:
    """F09."""
    assert killed_while_posting(either, figures, documents=300, kills=20) == (set(), NOTHING_LOST, True)


def killed_while_posting(site: Site, figures: Figures, *, documents: int, kills: int) -> tuple[set[str], dict[str, int], bool]:
    """Clients that post and a hand that kills: the acknowledged that are not there, and what became of the others."""
    address = site.start_web()
    master = site.processes[-1].pid
    site.start_sweep()
    site.start_worker("--concurrency=1")
    acknowledged: list[str] = []
    unanswered = itertools.count()

    def client(first: int) -> None:
        for number in range(first, documents, CLIENTS):
            name = f"Story {number}"
            try:
                status, _, _ = post(address, site.key, f"{name}\n\nHere it is.")
            except (OSError, HTTPException):  # the server was killed under it; whether it is stored, nobody was told
                next(unanswered)
            else:
                acknowledged.extend([name] if status in (200, 202) else [])

    clients = [threading.Thread(target=client, args=(first,)) for first in range(CLIENTS)]
    for each in clients:
        each.start()
    dice = random.Random(2)
    for share in range(1, kills + 1):
        wait_until(lambda: len(acknowledged) >= documents * share // (2 * kills), 60, site.log)  # noqa: B023 - called at once
        wait_until(lambda: bool(children_of(master)), 20, site.log)
        kill_hard(dice.choice(children_of(master)))
    for each in clients:
        each.join()
    wait_until(lambda: set(site.states()) == {"done"}, 90, site.log)
    there = {text.partition("\n")[0] for text in site.query(TEXTS)}
    seen = tally(site)
    lost = set(acknowledged) - there
    counts = {"acknowledged": len(acknowledged), "unanswered": next(unanswered), "acknowledged_and_lost": len(lost)}
    figures.add("F09", f"web process killed {kills} times", **counts, **seen)
    return lost, seen, holds(site)
