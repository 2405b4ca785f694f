"""Work that outlives its message or its lease (F15, F16): whoever holds the lease at the end stores, once."""

import os

from tests.faults.crew import Crew, family_of, frozen, kill_hard
from tests.faults.figures import Figures
from tests.faults.stage import NOTHING_LOST, holds, lose_messages, receive, tally
from tests.installation import Site, wait_until


def test_document_that_takes_longer_than_redis_waits_for_an_answer_is_done_once(site: Site, figures: Figures) -> None:
    """F15: the message is delivered again, to idle workers, while the first still works."""
    site.environment |= {"DJANGO_SETTINGS_MODULE": "tests.faults.short_sighted", "NEWSDESK_PLUGIN_SECONDS": "30"}
    site.environment |= {"NEWSDESK_LEASE_SECONDS": "60", "NEWSDESK_NUDGE_SECONDS": "1"}
    Crew(site, workers=2, processes=2)
    site.start_sweep()
    receive(site, story="@@slower", other="@@slower")
    site.wait_until_done(2)
    deliveries = site.whole_log().count("received")
    seen = tally(site)
    figures.add("F15", "6 s of work, 3 s of patience", deliveries=deliveries, attempts=attempts(site), **seen)
    assert (seen, holds(site), deliveries > 2) == (NOTHING_LOST, True, True)


def test_worker_that_was_frozen_longer_than_its_lease_does_not_store_what_another_took_over(
    either: Site, figures: Figures
) -> None:
    """F16."""
    either.environment["NEWSDESK_BATCH"] = "1"
    receive(either, story="@@slow")
    either.start_sweep()
    first = either.start_worker("--concurrency=1")
    wait_until(lambda: either.states() == {"running": 1}, 40, either.log)
    with frozen(*family_of(first.pid)):
        Crew(either, workers=1, processes=1)
        either.wait_until_done(1)
    wait_until(lambda: "was taken over" in either.whole_log(), 20, either.log)
    seen = tally(either)
    figures.add("F16", "frozen longer than its lease", attempts=attempts(either), **seen)
    assert (attempts(either), seen, holds(either)) == (2, NOTHING_LOST, True)


def test_whole_batch_of_a_killed_process_comes_back_when_its_lease_is_over(most: Site, figures: Figures) -> None:
    """F16: nobody gives back what a killed process held, and no message speaks of it any more."""
    most.environment["NEWSDESK_BATCH"] = "6"
    receive(most, **{f"story-{number}": "@@slow" for number in range(6)})
    lose_messages(most)
    most.start_sweep()
    worker = most.start_worker("--concurrency=1")
    wait_until(lambda: most.states().get("running", 0) == 6, 40, most.log)
    [child] = (each for each in family_of(worker.pid)[1:] if os.getpgid(each) == worker.pid)
    kill_hard(child)
    most.wait_until_done(6)
    seen = tally(most)
    figures.add("F16", "process killed with a batch of 6", **seen)
    assert (seen, worker.poll()) == (NOTHING_LOST, None)


def attempts(site: Site) -> int:
    """How often the document that was tried most was tried."""
    [(most,)] = site.rows("SELECT max(attempts) FROM processing_job")
    return int(most)
