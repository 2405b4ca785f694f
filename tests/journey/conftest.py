"""A whole Newsdesk for each test: own folder, own database, real processes."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
import psycopg
import pytest
import redis

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"


@dataclass
class Site:
    """One installation, driven from outside as an operator would."""

    folder: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a `manage.py` command to its end."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=100)
        assert not check or done.returncode == 0, (
            f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        )
        return done

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a process that stays, in a group of its own."""
        with (self.folder / "processes.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        self.processes.append(process)
        return process

    def start_worker(self) -> subprocess.Popen[bytes]:
        """A Celery worker."""
        quiet = ("--loglevel=INFO", "--without-gossip", "--without-mingle", "--without-heartbeat")
        return self.start(sys.executable, "-m", "celery", "--app=newsdesk.worker.celery", "worker", *quiet)

    def start_sweep(self) -> subprocess.Popen[bytes]:
        """The sweep."""
        return self.start(sys.executable, "manage.py", "sweep")

    def query(self, code: str) -> Any:
        """What a piece of Python in the installation prints as JSON."""
        return json.loads(self.manage("shell", "--no-imports", "-c", code).stdout)

    def states(self) -> dict[str, int]:
        """How many jobs are in each state."""
        return self.query("import json; from newsdesk.processing.queries import progress; print(json.dumps(progress()))")

    def wait_until_done(self, count: int, seconds: float = 60) -> None:
        """Wait until so many documents are processed."""
        wait_until(lambda: self.states() == {"done": count}, seconds, lambda: f"{self.states()}\n{self.log()}")

    def log(self) -> str:
        """What the processes wrote."""
        return (self.folder / "processes.log").read_text()[-5_000:]

    def stop(self) -> None:
        """Kill whatever still runs."""
        for process in self.processes:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its whole group, as a power cut would."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(condition: Callable[[], bool], seconds: float, explain: Callable[[], str] = str) -> None:
    """Wait for a condition; fail with an explanation when it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"did not happen within {seconds} s: {explain()}"
        time.sleep(0.1)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An installation with an empty database: on the servers that the environment names, or embedded."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "newsdesk.config.settings",
        "NEWSDESK_DATA": str(tmp_path / "data"),
        "NEWSDESK_LEASE_SECONDS": "4",
        "NEWSDESK_PLUGIN_SECONDS": "2",
        "NEWSDESK_SWEEP_SECONDS": "0.3",
        "NEWSDESK_NUDGE_SECONDS": "2",
        "NEWSDESK_BATCH": "3",
    }
    drop = use_own_database(environment)
    use_own_queue(environment)
    made = Site(tmp_path, environment)
    try:
        made.manage("migrate", "--verbosity=0")
        yield made
    finally:
        made.stop()
        drop()


def use_own_database(environment: dict[str, str]) -> Callable[[], None]:
    """Give the installation a database of its own on the server; returns what drops it."""
    url = environment.get("NEWSDESK_DATABASE_URL")
    if not url:
        return lambda: None
    name = f"journey_{uuid.uuid4().hex[:12]}"
    config = environ.Env.db_url_config(url)
    server = {
        "host": unquote(config["HOST"]),
        "port": config["PORT"] or 5432,
        "user": config["USER"],
        "password": config["PASSWORD"],
    }

    def execute(statement: str) -> None:
        with psycopg.connect(**server, dbname=config["NAME"], autocommit=True) as connection:
            connection.execute(statement)

    execute(f"CREATE DATABASE {name}")
    environment["NEWSDESK_DATABASE_URL"] = f"{url.rpartition('/')[0]}/{name}"
    return lambda: execute(f"DROP DATABASE {name} WITH (FORCE)")


def use_own_queue(environment: dict[str, str]) -> None:
    """Empty the Redis that the tests have for themselves."""
    if url := environment.get("NEWSDESK_REDIS_URL"):
        with redis.Redis.from_url(url) as server:
            server.flushall()
