"""Redis that forgets, goes away, hangs up or is full (F02, F03, F04, F05, F47): it is only a doorbell."""

import time
from collections.abc import Iterator

import pytest
import redis as client

from tests.faults.crew import Crew, frozen
from tests.faults.figures import Figures
from tests.faults.stage import NOTHING_LOST, holds, post, stories, tally
from tests.installation import Site, wait_until
from tests.servers import Redis


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    """A Redis of this file's own, which forgets everything when it is killed."""
    with Redis(persistent=False) as server:
        yield server


@pytest.fixture
def admin(redis: Redis) -> Iterator[client.Redis]:
    """A hand on Redis itself."""
    with client.Redis.from_url(redis.url) as server:
        yield server
        server.config_set("maxmemory", 0)


def half_done(site: Site, documents: int) -> None:
    """Wait until half of the documents are processed, and go on with whatever happens then."""
    wait_until(lambda: site.states().get("done", 0) >= documents // 2, 60, site.log)


def test_redis_emptied_in_the_middle_costs_no_document(site: Site, admin: client.Redis, figures: Figures) -> None:
    """F02, FLUSHALL."""
    stories(site, 60)
    site.start_sweep()
    site.start_worker()
    half_done(site, 60)
    admin.flushall()
    site.wait_until_done(60)
    seen = tally(site)
    figures.add("F02", "emptied at half time", documents=60, **seen)
    assert (seen, holds(site)) == (NOTHING_LOST, True)


def test_redis_killed_without_persistence_in_the_middle_costs_no_document(site: Site, redis: Redis, figures: Figures) -> None:
    """F02, kill -9."""
    stories(site, 60)
    site.start_sweep()
    site.start_worker()
    half_done(site, 60)
    redis.kill()
    redis.start()
    site.wait_until_done(60)
    seen = tally(site)
    figures.add("F02", "killed without persistence at half time", documents=60, **seen)
    assert (seen, holds(site)) == (NOTHING_LOST, True)


def test_documents_are_taken_in_while_redis_is_down_and_processed_once_it_is_back(
    site: Site, redis: Redis, figures: Figures
) -> None:
    """F03, through the API and the command."""
    address = site.start_web()
    redis.kill()
    started = time.monotonic()
    statuses = [post(address, site.key, f"Story {number}\n\nHere it is.")[0] for number in range(20)]
    slowest = time.monotonic() - started
    stories(site, 10)
    redis.start()
    site.start_sweep()
    site.start_worker()
    site.wait_until_done(30)
    figures.add("F03", "Redis down during ingest", posted=20, by_command=10, lost=tally(site)["lost"], seconds_to_post=slowest)
    assert (statuses, holds(site)) == ([202] * 20, True)


def test_documents_are_taken_in_while_redis_hangs(site: Site, redis: Redis, figures: Figures) -> None:
    """F03, where Redis takes connections and says nothing."""
    address = site.start_web()
    post(address, site.key, "The first\n\nHere it is.")
    started = time.monotonic()
    with frozen(redis.process.pid):
        statuses = [post(address, site.key, f"Story {number}\n\nHere it is.", seconds=60)[0] for number in range(20)]
    figures.add("F03", "Redis hangs during ingest", posted=20, seconds_to_post=time.monotonic() - started)
    assert (statuses, site.states()) == ([202] * 20, {"queued": 21})


def test_worker_whose_connections_are_cut_twenty_times_goes_on(site: Site, admin: client.Redis, figures: Figures) -> None:
    """F04."""
    stories(site, 80)
    site.environment["NEWSDESK_BATCH"] = "1"
    site.start_sweep()
    worker = site.start_worker()
    half_done(site, 20)
    cuts = sum(cut(admin) for _ in range(20))
    site.wait_until_done(80)
    seen = tally(site)
    figures.add("F04", "connections cut 20 times", connections=cuts, **seen)
    assert (seen, worker.poll(), cuts >= 20) == (NOTHING_LOST, None, True)


@pytest.mark.parametrize("policy", ["noeviction", pytest.param("allkeys-lru", marks=pytest.mark.long)])
def test_redis_that_is_full_or_evicts_costs_no_document(site: Site, admin: client.Redis, policy: str, figures: Figures) -> None:
    """F05: a worker may end for it, and whoever started it starts it again."""
    site.start_sweep()
    crew = Crew(site, workers=1, processes=2)
    admin.config_set("maxmemory", "2mb")
    admin.config_set("maxmemory-policy", policy)
    filled = fill(admin)
    stories(site, 20)
    crew.rest(3)
    admin.config_set("maxmemory", 0)
    crew.suffer(count=20, kills=0, seconds=60)
    seen = tally(site)
    figures.add("F05", f"2 MB, {policy}", keys_of_others=filled, worker_starts=crew.starts, **seen)
    assert (seen, holds(site)) == (NOTHING_LOST, True)


def test_redis_holds_nothing_of_what_was_done(site: Site, admin: client.Redis, figures: Figures) -> None:
    """F47, small."""
    site.start_sweep()
    worker = site.start_worker()
    stories(site, 10)
    site.wait_until_done(10)
    before = admin.info("memory")["used_memory_dataset"]
    stories(site, 100)
    site.wait_until_done(110)
    worker.terminate()
    worker.wait(30)
    grown = admin.info("memory")["used_memory_dataset"] - before
    figures.add("F47", "100 documents", keys_left=admin.dbsize(), grown_by_bytes=grown)
    assert [key for key in admin.scan_iter() if not key.startswith(b"_kombu.binding")] == []


def cut(admin: client.Redis) -> int:
    """Cut all connections but ours, and say how many; then a moment's rest."""
    found = sum(admin.client_kill_filter(_type=each, skipme=True) for each in ("normal", "pubsub"))
    time.sleep(0.3)
    return int(found)


def fill(admin: client.Redis) -> int:
    """Write until Redis refuses, or has evicted what others wrote."""
    for number in range(2_000):
        try:
            admin.set(f"other-{number}", "x" * 2_000)
        except client.exceptions.OutOfMemoryError:
            return number
    return 2_000
