"""A whole Newsdesk in a folder of its own, driven from outside with real processes."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from newsdesk.console import stack
from tests.servers import free_port

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
COUNT = len([each for each in SEEDS.iterdir() if each.suffix in (".txt", ".html")])


@dataclass
class Site:
    """One installation, driven from outside as an operator would."""

    folder: Path
    environment: dict[str, str]
    key: str = ""
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

    def start_worker(self, *options: str) -> subprocess.Popen[bytes]:
        """A Celery worker, as `serve` starts it."""
        return self.start(*stack.worker(), f"--hostname=worker-{len(self.processes)}@%h", *options)

    def start_sweep(self) -> subprocess.Popen[bytes]:
        """The sweep."""
        return self.start(sys.executable, "manage.py", "sweep")

    def start_web(self) -> str:
        """The web server, as `serve` starts it; gives its address once it answers."""
        port = free_port()
        self.start(*stack.web(port))
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(f"{address}/live"), 30, self.log)
        return address

    def query(self, code: str) -> Any:
        """What a piece of Python in the installation prints as JSON."""
        return json.loads(self.manage("shell", "--no-imports", "-c", code).stdout)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the installation's database answers, asked directly: a process for each question would be what is measured."""
        if url := self.environment.get("NEWSDESK_DATABASE_URL"):
            with psycopg.connect(url, autocommit=True) as server:
                return server.execute(statement.encode()).fetchall()
        with contextlib.closing(sqlite3.connect(self.folder / "data" / "newsdesk.sqlite3", timeout=20)) as file:
            return file.execute(statement).fetchall()

    def states(self) -> dict[str, int]:
        """How many jobs are in each state."""
        return dict(self.rows("SELECT state, count(*) FROM processing_job GROUP BY state"))

    def wait_until_done(self, count: int, seconds: float = 60) -> None:
        """Wait until so many documents are processed."""
        wait_until(lambda: self.states() == {"done": count}, seconds, lambda: f"{self.states()}\n{self.log()}")

    def log(self) -> str:
        """The end of what the processes wrote."""
        return self.whole_log()[-5_000:]

    def whole_log(self) -> str:
        """What the processes wrote."""
        return (self.folder / "processes.log").read_text()

    def stop(self) -> None:
        """Kill whatever still runs."""
        for process in self.processes:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its whole group, as a power cut would."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def answers(address: str) -> bool:
    """Whether a web server answers there."""
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False


def wait_until(condition: Callable[[], bool], seconds: float, explain: Callable[[], str] = str) -> None:
    """Wait for a condition; fail with an explanation when it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"did not happen within {seconds} s: {explain()}"
        time.sleep(0.1)


def quick_settings(folder: Path) -> dict[str, str]:
    """The settings of an installation in a folder that is quick to find what was lost."""
    outside = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return outside | {
        "DJANGO_SETTINGS_MODULE": "newsdesk.config.settings",
        "NEWSDESK_DATA": str(folder / "data"),
        "NEWSDESK_LEASE_SECONDS": "4",
        "NEWSDESK_PLUGIN_SECONDS": "2",
        "NEWSDESK_SWEEP_SECONDS": "0.3",
        "NEWSDESK_NUDGE_SECONDS": "2",
        "NEWSDESK_BATCH": "3",
    }
