"""Servers that go away in the middle of work (F02, F03, F06)."""

from tests.faults.conftest import Postgres, Redis
from tests.installation import COUNT, SEEDS, Site, kill, wait_until


def test_redis_that_lost_everything_in_the_middle_costs_no_document(site: Site, redis: Redis) -> None:
    site.start_sweep()
    site.start_worker()
    site.manage("receive", str(SEEDS))
    redis.kill()
    redis.start()
    site.wait_until_done(COUNT)
    assert holds(site)


def test_documents_are_received_while_redis_is_down_and_processed_once_it_is_back(site: Site, redis: Redis) -> None:
    redis.stop()
    received = site.manage("receive", str(SEEDS)).stdout
    redis.start()
    site.start_sweep()
    site.start_worker()
    site.wait_until_done(COUNT)
    assert (received.startswith(f"{COUNT} received"), holds(site)) == (True, True)


def test_worker_and_sweep_outlive_a_database_that_is_killed_and_started_again(site: Site, postgres: Postgres) -> None:
    site.manage("receive", str(SEEDS))
    sweep, worker = site.start_sweep(), site.start_worker()
    wait_until(lambda: site.states().get("done", 0) > 0, 40, site.log)
    postgres.kill()
    postgres.start()
    site.wait_until_done(COUNT)
    assert (holds(site), sweep.poll(), worker.poll()) == (True, None, None)


def test_workers_killed_one_after_another_do_each_document_once(site: Site) -> None:
    site.start_sweep()
    site.manage("receive", str(SEEDS))
    for _ in range(4):
        worker = site.start_worker()
        wait_until(lambda: site.states().get("running", 0) > 0 or site.states() == {"done": COUNT}, 30, site.log)
        kill(worker)
    site.start_worker()
    site.wait_until_done(COUNT)
    assert holds(site)


def holds(site: Site) -> bool:
    """Whether all invariants hold."""
    return site.manage("check_integrity").stdout.strip() == "everything holds"
