"""A Newsdesk on servers of its own to measure: PostgreSQL as it is in production, Redis, and Celery workers."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.installation import ROOT
from tests.servers import Postgres, Redis

FIRST = 0
"""The core of the worker and of the bare loop, where one core is compared with one core; the servers have the others."""


@dataclass(frozen=True)
class Took:
    """What a piece of work took: CPU and wall seconds for all its documents, and what was found in them if that was counted."""

    documents: int
    cpu: float
    wall: float
    findings: int = 0

    def __add__(self, more: "Took") -> "Took":
        return Took(self.documents + more.documents, self.cpu + more.cpu, self.wall + more.wall, self.findings + more.findings)

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds a document."""
        return 1000 * self.cpu / self.documents

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.documents / self.wall


class Stage:
    """The installation, and this process within it. Import nothing of Newsdesk that needs Django before it is set up."""

    def __init__(self, folder: Path, postgres: Postgres, redis: Redis) -> None:
        self.folder, self._postgres, self._redis = folder, postgres, redis

    def servers(self) -> list[int]:
        """The servers' processes."""
        return [self._postgres.process.pid, self._redis.process.pid]

    @contextmanager
    def worker(self, processes: int) -> Iterator[int]:
        """A Celery worker with so many processes; with one, it and its plugins share one core."""
        quiet = ["--loglevel=WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        command = [
            sys.executable,
            "-m",
            "celery",
            "--app=newsdesk.worker.celery",
            "worker",
            f"--concurrency={processes}",
            *quiet,
        ]
        with (self.folder / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_on_first if processes == 1 else None,
            )
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait(60)

    def submit(self, contents: Iterable[bytes], source: str) -> list[int]:
        """Take documents in; give their jobs."""
        from newsdesk.access.policy import Actor
        from newsdesk.processing.services import submit

        operator = Actor.operator()
        return [submit(content=each, actor=operator, source=source).job.pk for each in contents]

    def process(self, jobs: list[int], worker: int) -> Took:
        """Have the worker process jobs that wait, and say what that took, all processes together."""
        from tests.bench.measure import cpu_seconds

        pids = [worker, *self.servers()]
        cpu, started = cpu_seconds(pids), time.time()
        self.nudge(jobs)
        ended = self.wait(jobs)
        return Took(len(jobs), cpu_seconds(pids) - cpu, ended - started)

    def nudge(self, jobs: list[int]) -> None:
        """Send jobs to the workers."""
        from newsdesk.worker.enqueue import nudge

        nudge(jobs)

    def wait(self, jobs: list[int]) -> float:
        """Wait until all these jobs are done, and say when the last one was."""
        from django.db.models import Max

        from newsdesk.processing.models import Job

        waiting = Job.objects.filter(pk__gte=jobs[0], pk__lte=jobs[-1])
        while waiting.filter(state__in=["queued", "running"]).exists():
            time.sleep(0.2)
        assert not waiting.exclude(state__in=["done", "failed"]).exists()
        return float(waiting.aggregate(last=Max("finished_at"))["last"].timestamp())


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """Servers, an empty database, and Django set up on them."""
    with Postgres(durable=True) as postgres, Redis() as redis:
        os.environ |= {
            "NEWSDESK_DATA": str(folder / "data"),
            "NEWSDESK_DATABASE_URL": postgres.url,
            "NEWSDESK_REDIS_URL": redis.url,
            "DJANGO_SETTINGS_MODULE": "newsdesk.config.settings",
        }
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        try:
            yield Stage(folder, postgres, redis)
        finally:
            connection.close()


@contextmanager
def bare(folder: Path, copies: int = 1) -> Iterator[Callable[[int], list[Took]]]:
    """Bare loops over a folder of documents, so many at once; one alone has the first core.

    Gives what has each take so many of its next documents, all at the same time, and says what that took.
    """
    command = [sys.executable, "-m", "tests.bench.bare", str(folder)]
    pin = _on_first if copies == 1 else None
    with ExitStack() as stack:
        loops = [
            stack.enter_context(
                subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=pin)
            )
            for _ in range(copies)
        ]

        def take(documents: int) -> list[Took]:
            for loop in loops:
                print(documents, file=loop.stdin, flush=True)
            answers = [json.loads(loop.stdout.readline()) for loop in loops if loop.stdout]
            return [Took(documents, each["cpu"], each["wall"], each["findings"]) for each in answers]

        yield take


def _on_first() -> None:
    os.sched_setaffinity(0, {FIRST})
