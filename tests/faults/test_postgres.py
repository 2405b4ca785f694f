"""PostgreSQL that restarts, is gone, or has no room for more (F06, F07, F08): clear answers, nothing acknowledged is lost."""

import json
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest

from tests.faults.crew import Crew
from tests.faults.figures import Figures
from tests.faults.stage import NOTHING_LOST, Ground, fetch, holds, on_server, post, stories, tally
from tests.installation import Site, answers, wait_until
from tests.servers import Postgres


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of this file's own."""
    with Postgres() as server:
        yield server


@pytest.fixture(scope="module")
def ground(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """What installations on it are copies of."""
    return on_server(postgres, tmp_path_factory.mktemp("ground"))


def test_workers_and_sweep_outlive_a_database_that_restarts_at_once_in_the_middle(
    site: Site, postgres: Postgres, figures: Figures
) -> None:
    """F06, in short."""
    assert restarted(site, postgres, figures, workers=1, documents=100, restarts=2) == (NOTHING_LOST, True, 2)


def test_worker_that_had_nothing_to_do_while_the_database_restarted_goes_on(
    site: Site, postgres: Postgres, figures: Figures
) -> None:
    """F06: the first that it notices is the next document."""
    site.start_sweep()
    worker = site.start_worker("--concurrency=1")
    stories(site, 3)
    site.wait_until_done(3)
    postgres.restart_at_once()
    stories(site, 10)
    site.wait_until_done(13)
    seen = tally(site)
    figures.add("F06", "restart while the worker had nothing to do", **seen)
    assert (seen, worker.poll()) == (NOTHING_LOST, None)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_four_restarts_and_twenty_kills_lose_and_double_nothing(site: Site, postgres: Postgres, figures: Figures) -> None:
    """F06, with F01."""
    seen = restarted(site, postgres, figures, workers=2, documents=1_500, restarts=4, kills=20)
    assert seen[:2] == (NOTHING_LOST, True)


def restarted(
    site: Site, postgres: Postgres, figures: Figures, *, workers: int, documents: int, restarts: int, kills: int = 0
) -> tuple[dict[str, int], bool, int]:
    """Workers of as many processes while PostgreSQL restarts without a farewell: what became of documents and processes."""
    stories(site, documents)
    sweep = site.start_sweep()
    crew, started = Crew(site, workers, processes=workers), time.monotonic()
    for share in range(1, restarts + 1):
        crew.suffer(documents * share // (restarts + 1), kills * share // (restarts + 1), seconds=200)
        postgres.restart_at_once()
    crew.suffer(documents, kills, seconds=200)
    seen = tally(site)
    scene = f"{restarts} restarts without a farewell"
    figures.add("F06", scene, documents=documents, **crew.killed, **seen, seconds=time.monotonic() - started)
    return seen, holds(site), crew.starts + (sweep.poll() is None)


@pytest.mark.parametrize(
    "seconds", [pytest.param(2, id="shortly"), pytest.param(60, id="for a minute", marks=[pytest.mark.long])]
)
def test_database_that_is_gone_gets_clear_answers_and_nothing_acknowledged_is_lost(
    site: Site, postgres: Postgres, figures: Figures, seconds: int
) -> None:
    """F07."""
    address = site.start_web()
    acknowledged = [post(address, site.key, f"Story {number}\n\nHere it is.")[0] for number in range(5)]
    postgres.kill_at_once()
    try:
        seen = [answer_while_away(site, address) for _ in range(3)]
        time.sleep(seconds)
        seen.append(answer_while_away(site, address))
    finally:
        postgres.start()
    came_back = time.monotonic()
    wait_until(lambda: answers(f"{address}/ready"), 20, site.log)
    seconds_back = time.monotonic() - came_back
    acknowledged += [post(address, site.key, f"Later story {number}\n\nHere it is.")[0] for number in range(5)]
    site.start_sweep()
    site.start_worker()
    site.wait_until_done(10)
    figures.add("F07", f"down for {seconds} s", acknowledged=10, lost=tally(site)["lost"], seconds_to_be_ready=seconds_back)
    assert (seen, acknowledged) == ([AWAY] * 4, [202] * 10)


AWAY = {
    "post": (503, "5", "application/problem+json", "urn:newsdesk:problem:unavailable"),
    "desk": (503, "5", "text/html; charset=utf-8", True),
    "live": 200,
    "ready": (503, "5"),
}


def answer_while_away(site: Site, address: str) -> dict[str, object]:
    """What programs, people and probes are told while the database is away."""
    status, headers, body = post(address, site.key, "Never acknowledged\n\nHere it is.")
    told = (status, headers.get("Retry-After"), headers.get("Content-Type"), json.loads(body)["type"])
    status, headers, body = fetch(f"{address}/", headers={"Cookie": f"sessionid={'a' * 32}"})
    shown = (status, headers.get("Retry-After"), headers.get("Content-Type"), b"database does not answer" in body)
    status, headers, _ = fetch(f"{address}/ready")
    ready = (status, headers.get("Retry-After"))
    return {"post": told, "desk": shown, "live": fetch(f"{address}/live")[0], "ready": ready}


def test_database_without_room_for_another_connection_is_a_clear_503_and_recovers(
    site: Site, postgres: Postgres, figures: Figures
) -> None:
    """F08: all connections are taken by somebody else."""
    address = site.start_web()
    with Greedy(postgres.url) as greedy:
        full = [post(address, site.key, f"Story {number}\n\nHere it is.")[0] for number in range(3)]
        told = fetch(f"{address}/ready")[0]
    after = [post(address, site.key, f"Story {number}\n\nHere it is.")[0] for number in range(3)]
    figures.add("F08", "no connection left", taken=greedy.taken, answers=full[0], afterwards=after[0])
    assert (full, told, after) == ([503] * 3, 503, [202] * 3)


def test_web_server_takes_no_more_connections_than_it_has_threads(site: Site, postgres: Postgres, figures: Figures) -> None:
    """F08: a crowd of clients is no crowd of connections."""
    address = site.start_web()
    crowd = [threading.Thread(target=fetch, args=(f"{address}/ready",)) for _ in range(100)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    name = site.environment["NEWSDESK_DATABASE_URL"].rpartition("/")[2]
    [(held,)] = site.rows(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()")
    figures.add("F08", "100 clients at once", connections=held)
    assert 1 <= held <= 8


class Greedy:
    """Somebody who takes all connections of a server, until they give them back."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._held: list[psycopg.Connection] = []

    def __enter__(self) -> "Greedy":
        while len(self._held) < 1_000:
            try:
                self._held.append(psycopg.connect(self._url))
            except psycopg.OperationalError:
                break
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._held:
            each.close()

    @property
    def taken(self) -> int:
        """How many."""
        return len(self._held)
