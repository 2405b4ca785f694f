"""Workers that die or are asked to stop in the middle of work (F01, F11, F13): each document is done once in effect."""

import os
import signal
import sys
import time

import pytest

from tests.faults.crew import Crew
from tests.faults.figures import Figures
from tests.faults.stage import NOTHING_LOST, holds, lose_messages, receive, stories, tally
from tests.installation import Site, wait_until


def test_workers_killed_at_random_do_each_document_once(most: Site, figures: Figures) -> None:
    """F01, in short."""
    assert killed_at_random(most, figures, documents=200, kills=6) == (NOTHING_LOST, True)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_thirty_kills_during_two_thousand_documents_lose_and_double_nothing(site: Site, figures: Figures) -> None:
    """F01."""
    assert killed_at_random(site, figures, documents=2_000, kills=30) == (NOTHING_LOST, True)


def killed_at_random(site: Site, figures: Figures, *, documents: int, kills: int) -> tuple[dict[str, int], bool]:
    """Two workers with two processes each, a kill now and then; what became of the documents."""
    stories(site, documents)
    site.start_sweep()
    crew, started = Crew(site, workers=2, processes=2), time.monotonic()
    crew.suffer(documents, kills, seconds=300)
    seen = tally(site)
    figures.add(
        "F01",
        "workers and their processes killed",
        documents=documents,
        **crew.killed,
        **seen,
        seconds=time.monotonic() - started,
    )
    return seen, holds(site)


def test_worker_that_is_asked_to_stop_ends_with_the_document_at_hand_and_gives_the_rest_back(
    either: Site, figures: Figures
) -> None:
    """F11, in short."""
    either.environment["NEWSDESK_BATCH"] = "4"
    receive(either, **{f"story-{number}": "@@slow" for number in range(8)})
    lose_messages(either)
    either.start_sweep()
    seconds = stopped_in_the_middle(either, Crew(either, workers=1, processes=2))
    left = either.states()
    Crew(either, workers=1, processes=2)
    either.wait_until_done(8)
    seen = tally(either)
    figures.add("F11", "1 s a document, batches of 4", seconds_to_stop=seconds, **left, **seen)
    assert (left.get("running", 0), left.get("queued", 0) >= 4, seen) == (0, True, NOTHING_LOST)


def test_worker_whose_processes_are_told_to_end_at_once_blames_no_document(most: Site, figures: Figures) -> None:
    """F11, as a service manager stops a whole group."""
    receive(most, **{f"story-{number}": "@@slow" for number in range(4)})
    most.start_sweep()
    worker = most.start_worker("--concurrency=1")
    wait_until(lambda: most.states().get("running", 0) > 0, 40, most.log)
    os.killpg(worker.pid, signal.SIGTERM)
    worker.wait(60)
    most.start_worker("--concurrency=1")
    most.wait_until_done(4)
    seen = tally(most)
    figures.add("F11", "SIGTERM to the whole group", **seen)
    assert (seen, holds(most)) == (NOTHING_LOST, True)


@pytest.mark.long
@pytest.mark.timeout(300)
def test_workers_with_ten_second_tasks_stop_within_thirty_seconds_and_others_go_on(site: Site, figures: Figures) -> None:
    """F11."""
    site.environment |= {"NEWSDESK_BATCH": "6", "NEWSDESK_PLUGIN_SECONDS": "20", "NEWSDESK_LEASE_SECONDS": "40"}
    receive(site, **{f"story-{number}": "@@slowest" for number in range(12)})
    lose_messages(site)
    site.start_sweep()
    seconds = stopped_in_the_middle(site, Crew(site, workers=2, processes=2))
    left = site.states()
    Crew(site, workers=2, processes=2)
    site.wait_until_done(12, 120)
    seen = tally(site)
    figures.add("F11", "10 s a document, two workers", seconds_to_stop=seconds, **left, **seen)
    assert (seconds < 30, left.get("running", 0), seen) == (True, 0, NOTHING_LOST)


def stopped_in_the_middle(site: Site, crew: Crew) -> float:
    """Ask the workers to stop once they are at work; how many seconds that took."""
    wait_until(lambda: site.states().get("running", 0) > 0, 40, site.log)
    started = time.monotonic()
    crew.send(signal.SIGTERM)
    for worker in crew.workers:
        worker.wait(100)
    return time.monotonic() - started


ASK = """
from newsdesk.access.policy import Actor
from newsdesk.processing.models import Job
from newsdesk.worker.enqueue import reprocess
from newsdesk.worker.tasks import process_jobs
job = Job.objects.get()
for _ in range(10):
    reprocess(snapshot_ids=[job.snapshot_id], actor=Actor.operator())
    process_jobs.delay([job.pk])
"""


def test_fifty_requests_for_one_document_at_once_from_five_processes_are_one_run(most: Site, figures: Figures) -> None:
    """F13."""
    receive(most, story="")
    most.start_sweep()
    Crew(most, workers=2, processes=2)
    asking = [most.start(sys.executable, "manage.py", "shell", "-c", ASK) for _ in range(5)]
    for each in asking:
        each.wait(60)
    wait_until(lambda: most.states() == {"done": 1}, 60, most.log)
    runs = most.rows("SELECT processor, count(*) FROM processing_run GROUP BY processor HAVING count(*) > 1")
    figures.add("F13", "5 processes, 10 requests each", runs_doubled=len(runs))
    assert (runs, tally(most), [each.returncode for each in asking]) == ([], NOTHING_LOST, [0] * 5)
