"""A whole Newsdesk in a folder of its own, driven from outside with real processes."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
COUNT = len([each for each in SEEDS.iterdir() if each.suffix in (".txt", ".html")])


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
