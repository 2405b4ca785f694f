"""Whatever dies, every document ends processed once in effect."""

import signal

import redis

from tests.installation import COUNT, SEEDS, Site, kill, wait_until

REPEATED = """
import json
from collections import Counter
from newsdesk.processing.models import Run
done = Counter(Run.objects.filter(outcome="done").values_list("snapshot_id", "processor"))
print(json.dumps([list(each) for each, count in done.items() if count > 1]))
"""


def test_worker_killed_in_the_middle_of_the_seeds_and_all_are_done_once(site: Site) -> None:
    site.environment["NEWSDESK_BATCH"] = "2"
    site.start_sweep()
    worker = site.start_worker()
    site.manage("receive", str(SEEDS))
    wait_until(lambda: site.states().get("done", 0) > 0, 30, site.log)
    kill(worker)
    site.start_worker()
    site.wait_until_done(COUNT)
    assert (site.query(REPEATED), site.manage("check_integrity").stdout.strip()) == ([], "everything holds")


def test_messages_that_were_lost_are_made_up_for_by_the_sweep(site: Site) -> None:
    site.manage("receive", str(SEEDS))
    lose_all_messages(site)
    site.start_worker()
    site.start_sweep()
    site.wait_until_done(COUNT)


def test_worker_asked_to_stop_leaves_nothing_running_and_nothing_undone(site: Site) -> None:
    site.manage("receive", str(SEEDS))
    worker = site.start_worker()
    worker.send_signal(signal.SIGTERM)
    worker.wait(40)
    site.start_sweep()
    site.start_worker()
    site.wait_until_done(COUNT)


def lose_all_messages(site: Site) -> None:
    """Empty the broker, as a crash without persistence would."""
    for message in (site.folder / "data" / "queue").glob("*"):
        message.unlink()
    if url := site.environment.get("NEWSDESK_REDIS_URL"):
        with redis.Redis.from_url(url) as server:
            server.flushall()
